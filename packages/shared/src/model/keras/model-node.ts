import { z } from 'zod'
import { TaikaiError } from '../../errors.ts'
import { modelLimits } from '../limits.ts'
import { brokenTopology } from './broken-topology.ts'
import { collectReferences, readCalls, type TensorReference } from './connections.ts'
import { plainClassName, plainConfig } from './layer-config.ts'
import { callsFromZero } from './node-numbers.ts'
import { readOperation } from './operations.ts'

export type Json = Record<string, unknown>

/** One layer in the one form that the rest of inspection knows, whatever wrote it. */
export type LayerNode = {
  className: string
  name: string
  /** The untrusted configuration, in the spelling of Keras 2. */
  config: Json
  /** What the layer is called with, once for each of its nodes; empty within a Sequential. */
  calls: readonly (readonly TensorReference[])[]
  /** The layers of a model within the model. */
  model: ModelNode | null
}

export type ModelNode = {
  kind: 'sequential' | 'functional'
  className: string
  layers: readonly LayerNode[]
  inputs: readonly TensorReference[]
  outputs: readonly TensorReference[]
  /** The shape that Keras noted when a Sequential without an InputLayer was built. */
  buildShape: unknown
}

/** Which Keras wrote a file: some names changed their meaning. `tfjs-layers 4.22.0` counts as 2. */
export type KerasMajor = 2 | 3
export function kerasMajor(version: unknown, topology: Json): KerasMajor {
  if (typeof version === 'string') return /^[3-9]\./.test(version) ? 3 : 2
  // `to_json` of Keras 3 does not say it, but writes dtype policies as objects, which Keras 2 did not.
  const config = objectSchema.safeParse(topology.config).data ?? {}
  const layers = layersSchema.safeParse(config.layers).data ?? []
  const policy = z.object({ config: z.object({ dtype: z.object({ class_name: z.string() }) }) })
  return layers.some((layer) => policy.safeParse(layer).success) ? 3 : 2
}

const objectSchema = z.record(z.string(), z.unknown())
const layerSchema = z.object({
  class_name: z.string().max(100),
  name: z.string().max(300).optional(),
  module: z.string().max(300).nullish(),
  registered_name: z.string().max(300).nullish(),
  config: z.union([objectSchema, z.array(z.unknown())]),
  inbound_nodes: z.unknown().optional(),
  build_config: z.unknown().optional(),
})
type RawLayer = z.infer<typeof layerSchema>
const layersSchema = z.array(z.unknown()).min(1).max(modelLimits.layers)

const functionalClasses = new Set(['Model', 'Functional', 'LayersModel'])
const isModelClass = (className: string) => className === 'Sequential' || functionalClasses.has(className)

/**
 * Reads the topology of a Keras or TF.js Layers model of any age. Throws MODEL_TOPOLOGY_INVALID, MODEL_TOO_LARGE,
 * MODEL_SUBCLASSED (`name`) for a model that is code, and LAYER_UNSUPPORTED (`layer`) for a layer class of the student's own.
 */
export function readModelNode(topology: Json, keras: KerasMajor): ModelNode {
  // Keras' HDF5 and the TF.js converter put { keras_version, backend, model_config } around a model.
  const inner = Object.hasOwn(topology, 'model_config') ? topology.model_config : topology
  const parsed = layerSchema.safeParse(inner)
  if (!parsed.success) throw brokenTopology('it is no Sequential and no Model')
  return readModel(parsed.data, { keras, depth: 0, count: { layers: 0 } })
}

type Reading = { keras: KerasMajor; depth: number; count: { layers: number } }

function readModel(raw: RawLayer, reading: Reading): ModelNode {
  if (reading.depth > modelLimits.depth) throw new TaikaiError('MODEL_TOO_LARGE', { what: 'nesting' })
  const { class_name: className } = raw
  const config: Json = Array.isArray(raw.config) ? {} : raw.config
  // A class of the student's own that only adds training code is written like any functional model.
  const isFunctional =
    functionalClasses.has(className) ||
    (Object.hasOwn(config, 'layers') && Object.hasOwn(config, 'output_layers'))
  if (className !== 'Sequential' && !isFunctional)
    throw new TaikaiError('MODEL_SUBCLASSED', { name: className })
  if (isFunctional && !Object.hasOwn(config, 'layers'))
    throw new TaikaiError('MODEL_SUBCLASSED', { name: String(config.name ?? className).slice(0, 100) })
  // Keras before 2.2.3 wrote the layers of a Sequential as a bare list.
  const layers = layersSchema.safeParse(Array.isArray(raw.config) ? raw.config : config.layers)
  if (!layers.success) throw brokenTopology('its list of layers is missing, damaged or too long')
  return callsFromZero({
    kind: isFunctional ? 'functional' : 'sequential',
    className,
    layers: layers.data.map((layer) => readLayer(layer, { ...reading, depth: reading.depth + 1 })),
    inputs: isFunctional ? ends(config.input_layers) : [],
    outputs: isFunctional ? ends(config.output_layers) : [],
    buildShape: config.build_input_shape ?? buildShape(raw.build_config),
  })
}

const buildShape = (build: unknown) => objectSchema.safeParse(build).data?.input_shape

function ends(value: unknown): readonly TensorReference[] {
  const references = collectReferences(value)
  if (references.length === 0) throw brokenTopology('its inputs or outputs are not described')
  return references
}

function readLayer(untrusted: unknown, reading: Reading): LayerNode {
  if (++reading.count.layers > modelLimits.layers)
    throw new TaikaiError('MODEL_TOO_LARGE', { what: 'layers' })
  const parsed = layerSchema.safeParse(untrusted)
  if (!parsed.success) throw brokenTopology('one of its layers is not described')
  const raw = parsed.data
  const own = Array.isArray(raw.config) ? undefined : raw.config.name
  const name = raw.name ?? (typeof own === 'string' ? own.slice(0, 300) : '')
  const operation = readOperation(raw, name)
  if (operation !== null) {
    const { className, config, call } = operation
    return { className, name, config, calls: [call], model: null }
  }
  if (!isKerasModule(raw))
    throw new TaikaiError('LAYER_UNSUPPORTED', { layer: raw.class_name, name: name.slice(0, 100) })
  const className = plainClassName(raw.class_name)
  const config: Json = Array.isArray(raw.config) ? {} : raw.config
  const model =
    isModelClass(className) || Object.hasOwn(config, 'output_layers') ? readModel(raw, reading) : null
  return {
    className,
    name,
    config: model === null ? plainConfig(config, reading.keras) : {},
    calls: readCalls(raw.inbound_nodes, name),
    model,
  }
}

const kerasModule = /^(keras|tf_keras|tensorflow(\.python)?\.keras)(\.|$)/
/** Functions of Keras 3 that mean what the layer of the same name means; operators are read apart. */
const elementwiseOperations = new Set(['Maximum', 'Minimum'])

/** Keras 3 says where a class comes from: a student's own class may bear the name of one of Keras. */
function isKerasModule({ module, registered_name, class_name, config }: RawLayer): boolean {
  if (!Array.isArray(config) && Object.hasOwn(config, 'output_layers')) return true
  // Keras' own classes have a module and no registered name, a student's class it is the other way round.
  if (module === null || module === undefined)
    return registered_name === null || registered_name === undefined
  if (!kerasModule.test(module)) return false
  return !/\.ops(\.|$)/.test(module) || elementwiseOperations.has(class_name)
}
