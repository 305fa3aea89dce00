import { z } from 'zod'
import { TaikaiError } from '../errors.ts'
import { fileKind } from './file-kind.ts'
import { modelLimits } from './limits.ts'
import { baseName, type ModelFile, namesOf } from './model-file.ts'
import { parseJson } from './parse-json.ts'
import { unsupportedFormat } from './unsupported-format.ts'
import { weightsMismatch } from './weights-mismatch.ts'

const weightSpecSchema = z.object({
  name: z.string().max(1000),
  shape: z.array(z.number().int().min(0).max(1e9)).max(modelLimits.rank),
  dtype: z.string().max(40),
  quantization: z
    .object({ dtype: z.string().max(40), scale: z.number().optional(), min: z.number().optional() })
    .optional(),
})
export type WeightSpec = z.infer<typeof weightSpecSchema>

const modelJsonSchema = z.object({
  format: z.string().max(100).optional(),
  modelTopology: z.record(z.string(), z.unknown()).nullish(),
  signature: z.unknown().optional(),
  /** Where converters before 2.0 put the signature. */
  userDefinedMetadata: z.object({ signature: z.unknown().optional() }).nullish().catch(null),
  weightsManifest: z
    .array(
      z.object({
        paths: z.array(z.string().max(1000)).max(2000),
        weights: z.array(weightSpecSchema).max(20000),
      }),
    )
    .max(2000),
})

/** A TF.js model as its files hold it: nothing of it is checked against the topology yet. */
export type LayersFile = {
  topology: Record<string, unknown>
  /** What a GraphModel says of its inputs and outputs; null for a Layers model. */
  signature: unknown
  isGraph: boolean
  /** Each group's bytes hold its specs' values one after the other. */
  groups: { specs: WeightSpec[]; shards: Uint8Array[] }[]
  /** Files that belong to no part of the model. */
  unused: readonly ModelFile[]
}

/** Reads the files of one TF.js model, of layers or of a graph. Throws a MODEL_… TaikaiError. */
export function readLayersFile(files: readonly ModelFile[]): LayersFile {
  const { file, json } = findModelJson(files)
  const topology = json.modelTopology
  if (topology === null || topology === undefined) throw new TaikaiError('MODEL_TOPOLOGY_MISSING')
  const used = new Set<ModelFile>([file])
  const missing: { name: string }[] = []
  const groups = json.weightsManifest.map((group) => ({
    specs: group.weights,
    shards: group.paths.flatMap((path) => {
      const shard = findShard(files, file, path)
      if (shard === null) {
        missing.push({ name: path })
        return []
      }
      // Joined again and again, a small file would grow without end.
      if (used.has(shard)) throw weightsMismatch('repeated', { weight: shard.name })
      used.add(shard)
      return [shard.bytes]
    }),
  }))
  if (missing.length > 0) throw new TaikaiError('MODEL_FILES_MISSING', { files: namesOf(missing) })
  return {
    topology,
    signature: json.signature ?? json.userDefinedMetadata?.signature ?? null,
    isGraph: json.format === 'graph-model' || hasOwn(topology, 'node'),
    groups,
    unused: files.filter((one) => !used.has(one)),
  }
}

/** The one JSON file that describes a model; others (history.json) are left for the caller to mention. */
function findModelJson(files: readonly ModelFile[]): {
  file: ModelFile
  json: z.infer<typeof modelJsonSchema>
} {
  const candidates = files.filter((file) => fileKind(file.bytes).kind === 'json')
  const broken: ModelFile[] = []
  const models: { file: ModelFile; json: z.infer<typeof modelJsonSchema> }[] = []
  for (const file of candidates) {
    const value = parseJson(file.bytes)
    if (value === undefined) {
      broken.push(file)
      continue
    }
    const parsed = modelJsonSchema.safeParse(value)
    if (parsed.success) models.push({ file, json: parsed.data })
    else if (hasOwn(value, 'modelTopology') || hasOwn(value, 'weightsManifest')) broken.push(file)
  }
  const [model, second] = models
  if (model !== undefined && second === undefined) return model
  if (second !== undefined)
    throw new TaikaiError('MODEL_FILES_UNUSED', { files: namesOf(models.map(({ file }) => file)) })
  if (broken.length > 0) throw new TaikaiError('MODEL_JSON_INVALID', { files: namesOf(broken) })
  for (const file of files) {
    const kind = fileKind(file.bytes)
    if (kind.kind === 'foreign' || kind.kind === 'picture') throw unsupportedFormat(kind.format)
    if (isOldManifest(file.bytes)) throw new TaikaiError('MODEL_FORMAT_OUTDATED', { file: file.name })
  }
  throw new TaikaiError('MODEL_FORMAT_UNKNOWN', { files: namesOf(files) })
}

/** TF.js before 1.0 kept the list of weights in a file of its own, beside a graph in `.pb`. */
function isOldManifest(bytes: Uint8Array): boolean {
  const opensList = bytes.subarray(0, 16).find((byte) => ![0x20, 0x09, 0x0a, 0x0d].includes(byte)) === 0x5b
  return opensList && modelJsonSchema.shape.weightsManifest.min(1).safeParse(parseJson(bytes)).success
}

const hasOwn = (value: unknown, key: string) =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)

/** A shard by the path in the manifest: beside model.json first, else the only file of that name anywhere. */
function findShard(files: readonly ModelFile[], modelJson: ModelFile, path: string): ModelFile | null {
  const plain = path.replace(/^(\.\/)+/, '')
  const folder = modelJson.name.slice(0, modelJson.name.length - baseName(modelJson.name).length)
  const beside = files.find(
    (file) => file !== modelJson && file.name.replace(/^(\.\/)+/, '') === folder + plain,
  )
  if (beside !== undefined) return beside
  const [named, second] = files.filter(
    (file) => file !== modelJson && baseName(file.name) === baseName(plain),
  )
  return named !== undefined && second === undefined ? named : null
}
