import { z } from 'zod'
import { TaikaiError } from '../../errors.ts'
import type { BindWeights } from '../bind-weights.ts'
import { fileKind } from '../file-kind.ts'
import type { LayersSource } from '../layers-source.ts'
import { chosenNamesOf, type ModelFile, namesOf } from '../model-file.ts'
import { parseJson } from '../parse-json.ts'
import { bindClassPaths } from './bind-class-paths.ts'
import { bindLayerGroups, type WeightGroup } from './bind-layer-groups.ts'
import { flipKernels } from './flip-kernels.ts'
import type { Hdf5File } from './hdf5-file.ts'
import { type Json, kerasMajor } from './model-node.ts'

const topologySchema = z.looseObject({ class_name: z.string(), config: z.unknown() })
const metadataSchema = z.looseObject({ keras_version: z.string() })

/** The reader of HDF5 could not be loaded: no fault of the model's. */
export class Hdf5Unavailable extends Error {}

/**
 * Reads a Keras model: one HDF5 file with the topology in it (`.h5`), or with the JSON of `model.to_json()` beside it, which is
 * what a `.keras` zip holds too. Null when the files are none of these.
 * Rejects with MODEL_TOPOLOGY_MISSING for weights without a topology, MODEL_FILES_MISSING for a topology without weights,
 * MODEL_FILES_UNUSED for several models, MODEL_FILE_DAMAGED, and Hdf5Unavailable.
 */
export async function readKeras(files: readonly ModelFile[]): Promise<LayersSource | null> {
  const hdf5Files = files.filter(({ bytes }) => fileKind(bytes).kind === 'hdf5')
  const jsons = files.flatMap((file) => {
    const json = parseObject(file)
    return json === null ? [] : [{ file, json }]
  })
  const topologies = jsons.filter(({ json }) => topologySchema.safeParse(json).success)
  const [weightsFile] = hdf5Files
  if (weightsFile === undefined) {
    if (topologies.length === 0) return null
    throw new TaikaiError('MODEL_FILES_MISSING', { files: '*.weights.h5' })
  }
  if (hdf5Files.length > 1 || topologies.length > 1)
    throw new TaikaiError('MODEL_FILES_UNUSED', {
      files: chosenNamesOf([...hdf5Files, ...topologies.map(({ file }) => file)]),
    })
  const metadata = jsons.find(({ json }) => metadataSchema.safeParse(json).success)
  const { openHdf5 } = await loadHdf5()
  const hdf5 = openHdf5(weightsFile.bytes)
  try {
    const inside = hdf5.text('', 'model_config')
    const topology = inside === null ? topologies[0]?.json : objectOf(new TextEncoder().encode(inside))
    if (topology === undefined || topology === null) throw topologyMissing(files)
    const root = hdf5.hasGroup('model_weights') ? 'model_weights' : ''
    const used = new Set([weightsFile, ...(inside === null ? [topologies[0]?.file, metadata?.file] : [])])
    const backend = hdf5.text(root, 'backend') ?? hdf5.text('', 'backend') ?? topology.backend
    const version =
      topology.keras_version ?? hdf5.text(root, 'keras_version') ?? hdf5.text('', 'keras_version')
    const bind = bindFrom(hdf5, root)
    return {
      format: inside !== null ? 'keras-h5' : metadata === undefined ? 'keras-json-h5' : 'keras-v3',
      topology,
      keras: kerasMajor(metadata?.json.keras_version ?? version, topology),
      bind: backend === 'theano' ? (...given) => flipKernels(bind(...given)) : bind,
      unused: files.filter((file) => !used.has(file)),
      close: () => hdf5.close(),
    }
  } catch (error) {
    hdf5.close()
    throw error
  }
}

/** The reader is larger than all other code here, and most models are no HDF5. */
async function loadHdf5(): Promise<typeof import('./hdf5-file.ts')> {
  try {
    return await import('./hdf5-file.ts')
  } catch (error) {
    throw new Hdf5Unavailable(error instanceof Error ? error.message : String(error))
  }
}

function topologyMissing(files: readonly ModelFile[]): TaikaiError {
  const broken = files.filter((file) => fileKind(file.bytes).kind === 'json' && parseObject(file) === null)
  return broken.length > 0
    ? new TaikaiError('MODEL_JSON_INVALID', { files: namesOf(broken) })
    : new TaikaiError('MODEL_TOPOLOGY_MISSING')
}

/** Both of Keras' HDF5 conventions, told by what the file holds. */
function bindFrom(hdf5: Hdf5File, root: string): BindWeights {
  const layerNames = hdf5.texts(root, 'layer_names')
  if (layerNames !== null) {
    const groups = layerNames.map((layer): WeightGroup => {
      const group = root === '' ? layer : `${root}/${layer}`
      const weights = hdf5.texts(group, 'weight_names') ?? []
      return { layer, weights: weights.map((name) => ({ ...hdf5.weight(`${group}/${name}`), name })) }
    })
    return (model, layers) => bindLayerGroups(model, layers, groups)
  }
  // Keras on Windows writes backslashes into the names of groups.
  const stored = hdf5
    .datasets(['optimizer', 'model_weights/optimizer'])
    .map((path) => ({ path: path.replaceAll('\\', '/'), weight: hdf5.weight(path) }))
  return (model, layers) => bindClassPaths(model, layers, stored)
}

/** Null for what is no JSON object: the caller names the file. */
const parseObject = ({ bytes }: ModelFile): Json | null =>
  fileKind(bytes).kind === 'json' ? objectOf(bytes) : null
function objectOf(bytes: Uint8Array): Json | null {
  const value = parseJson(bytes)
  // `json.dump(model.to_json(), file)` writes the text of a JSON as a JSON.
  const inner = typeof value === 'string' ? parseJson(new TextEncoder().encode(value)) : value
  return z.record(z.string(), z.unknown()).safeParse(inner).data ?? null
}
