import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { TaikaiError } from '@taikai/shared/errors'
import { type EngineName, engineNames } from '@taikai/shared/model/engine-name'
import { familyOf, type ModelFamily } from '@taikai/shared/model/model-format'
import { Command, Option } from 'commander'
import { z } from 'zod'
import { readNpy } from './npy.ts'
import {
  parsePreprocessing,
  prepareScoring,
  readLabelledImages,
  readModelFiles,
  scoreOffline,
} from './offline-run.ts'
import { detailOf } from './score.ts'

const metaSchema = z.object({
  dataset: z.string(),
  expect: z.enum(['scores', 'reject']),
  reference: z
    .object({ file: z.string(), preprocessing: z.string(), correct_first1000: z.number().int() })
    .optional(),
})
type Meta = z.infer<typeof metaSchema>
type Scoring = Awaited<ReturnType<typeof prepareScoring>>

/** The names of preprocessings in meta.json, as what the service calls them. */
const preprocessings: ReadonlyMap<string, object> = new Map([
  ['/255', { preset: 'unit' }],
  ['raw0-255', { preset: 'raw' }],
  ['/127.5-1', { preset: 'signed' }],
  [
    'onepixel-meanstd',
    { preset: 'custom', mean: [125.307, 122.95, 113.865], std: [62.9932, 62.0887, 66.7048] },
  ],
  [
    'cifar-meanstd',
    { preset: 'custom', mean: [125.306918, 122.950394, 113.865383], std: [62.993219, 62.088707, 66.7049] },
  ],
])
/** Largest difference of one output; ONNX references were computed by another build. */
const tolerances = { layers: 1e-4, graph: 1e-4, onnx: 1e-3 }
const imageCount = 1000

/** `taikai acceptance`: a folder of real models against what is known of them; exit status 1 on any difference. */
export function acceptanceCommand(): Command {
  return new Command('acceptance')
    .description('score a folder of real models and compare with what is known of them')
    .argument('<models>', 'folder with one folder per model, each with its meta.json')
    .requiredOption('--data <folder>', 'folder with cifar10/, mnist/ and fashion-mnist/')
    .addOption(new Option('--engine <engine>').choices(['auto', ...engineNames]).default('auto'))
    .action(runAcceptance)
}

async function runAcceptance(
  models: string,
  options: { data: string; engine: 'auto' | EngineName },
): Promise<void> {
  const scoring = await prepareScoring(options.engine)
  const entries = await readdir(models, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  let differences = 0
  for (const name of names.sort()) {
    const folder = resolve(models, name)
    const meta = metaSchema.parse(JSON.parse(await readFile(join(folder, 'meta.json'), 'utf8')))
    const { expected, found, same } = await compare(folder, meta, options.data, scoring)
    if (!same) differences++
    process.stdout.write(`${same ? 'ok  ' : 'DIFF'} ${name}: expected ${expected}, found ${found}\n`)
  }
  process.stdout.write(`${names.length} models, ${differences} with a difference\n`)
  if (differences > 0) process.exitCode = 1
}

async function compare(
  folder: string,
  meta: Meta,
  dataFolder: string,
  scoring: Scoring,
): Promise<{ expected: string; found: string; same: boolean }> {
  const { reference } = meta
  const expected = reference === undefined ? 'a refusal' : `${reference.correct_first1000}/${imageCount}`
  try {
    const found = await scoreModel(folder, meta, dataFolder, scoring)
    const counts = `${found.correct}/${found.total}`
    if (reference === undefined) return { expected, found: counts, same: false }
    const distance = largestDifference(
      found.outputs,
      readNpy(await readFile(join(folder, reference.file))).values,
    )
    const same = counts === expected && distance <= tolerances[found.family]
    return {
      expected,
      found: `${counts} by ${found.engine}, outputs within ${distance.toExponential(1)}`,
      same,
    }
  } catch (error) {
    if (!(error instanceof TaikaiError)) throw error
    return { expected, found: `${error.code}: ${detailOf(error)}`, same: meta.expect === 'reject' }
  }
}

async function scoreModel(
  folder: string,
  { dataset, reference }: Meta,
  dataFolder: string,
  scoring: Scoring,
): Promise<{ correct: number; total: number; outputs: Float32Array; engine: string; family: ModelFamily }> {
  const format = dataset === 'mnist' || dataset === 'fashion' ? 'mnist' : 'cifar10'
  const names = (await readdir(folder)).filter((name) => name !== 'meta.json' && name !== reference?.file)
  const files = await readModelFiles(names.map((name) => join(folder, name)))
  const declared = reference === undefined ? { preset: 'unit' } : preprocessings.get(reference.preprocessing)
  const { inspection, score, outcome } = await scoreOffline({
    ...scoring,
    format,
    data: await readLabelledImages(format, 'test', dataFiles(dataset, dataFolder), imageCount),
    files,
    preprocessing: parsePreprocessing(declared),
    training: null,
  })
  return {
    correct: score.correct,
    total: score.total,
    outputs: outcome.outputs,
    engine: outcome.engineNote === null ? outcome.engine : `${outcome.engine} (${outcome.engineNote})`,
    family: familyOf(inspection.format),
  }
}

function dataFiles(dataset: string, folder: string): string[] {
  if (dataset !== 'mnist' && dataset !== 'fashion')
    return [join(folder, 'cifar10', 'test_first1000_lossless.bin')]
  const place = join(folder, dataset === 'mnist' ? 'mnist' : 'fashion-mnist')
  return ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'].map((name) => join(place, name))
}

/** Largest absolute difference of two arrays; infinite when their lengths differ. */
function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  return a.reduce((largest, value, at) => Math.max(largest, Math.abs(value - (b[at] ?? 0))), 0)
}
