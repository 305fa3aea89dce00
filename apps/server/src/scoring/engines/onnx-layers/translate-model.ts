import type { InputLayout } from '@taikai/shared/model/input-shape'
import type { LayersModel } from '@taikai/shared/model/parsed-model'
import { z } from 'zod'
import { foldBatchNormalization } from './fold-batch-normalization.ts'
import { GraphBuilder, type Weight } from './graph-builder.ts'
import { onnxBytes } from './onnx-bytes.ts'
import { soleValue } from './translator.ts'
import { translateLayer } from './translators.ts'
import { channelsLast, plain, type Value } from './value.ts'

// The topology is our own clean one (packages/shared/src/model/model-graph.ts); these schemas only give it types.
const referenceSchema = z.tuple([z.string(), z.number(), z.number()], z.unknown())
const layerSchema = z.object({
  class_name: z.string(),
  name: z.string().optional(),
  config: z.record(z.string(), z.unknown()),
  inbound_nodes: z.array(z.array(referenceSchema)).default([]),
})
type Layer = z.infer<typeof layerSchema>
const sequentialSchema = z.object({ layers: z.array(layerSchema) })
const functionalSchema = sequentialSchema.extend({
  input_layers: z.array(referenceSchema),
  output_layers: z.array(referenceSchema),
})
const named = z.object({ name: z.string() })

type Surroundings = {
  graph: GraphBuilder
  /** Weights by the path of the layer. */
  weights: ReadonlyMap<string, readonly Weight[]>
  path: readonly string[]
}

export const inputName = 'input'
export const outputName = 'output'
/** Of a batch of images: channels before rows and columns. */
const toPlanes = [0, 3, 1, 2]

/** `layout`: how images lie in the graph's input. */
export type Translation = { file: Uint8Array<ArrayBuffer>; layout: InputLayout }

/**
 * The scored head of a Layers model as the bytes of an ONNX file: output as Keras gives it, input `[batch, ...inputShape]`, or
 * images as planes where all that reads them would make them that first. Throws Untranslatable for a layer that is left to wasm.
 */
export function translateModel({
  topology,
  weights,
  inputShape,
  layout,
  headIndex,
}: Pick<LayersModel, 'topology' | 'weights' | 'inputShape' | 'layout' | 'headIndex'>): Translation {
  const graph = new GraphBuilder()
  const input = plain(inputName, inputShape)
  const [head] = translateTopology(topology, [input], [headIndex], {
    graph,
    weights: new Map(weights.map(({ path, values }) => [path.join('/'), values])),
    path: [],
  })
  if (head === undefined) throw new Error('the scored output is missing')
  const output = channelsLast(graph, head)
  graph.nodes.push({ op: 'Identity', inputs: [output.name], outputs: [outputName], attributes: {} })
  foldBatchNormalization(graph)
  const [height = 0, width = 0, channels = 0, ...more] = inputShape
  const isImage = layout === 'hwc' && channels > 0 && more.length === 0
  const inPlanes = isImage && graph.takeTransposed(inputName, toPlanes)
  const given = inPlanes ? plain(inputName, [channels, height, width]) : input
  return {
    file: onnxBytes(graph, [given], plain(outputName, output.shape)),
    layout: inPlanes ? 'chw' : layout,
  }
}

/** The outputs of a model that are `wanted` by their index; all of them without. */
export function translateTopology(
  { class_name, config }: Pick<Layer, 'class_name' | 'config'>,
  inputs: readonly Value[],
  wanted: readonly number[] | null,
  around: Surroundings,
): Value[] {
  if (class_name !== 'Sequential') return translateFunctional(config, inputs, wanted, around)
  let values = inputs
  for (const layer of sequentialSchema.parse(config).layers)
    if (layer.class_name !== 'InputLayer') values = callLayer(layer, values, around)
  return wanted === null ? [...values] : wanted.flatMap((index) => values[index] ?? [])
}

const isModel = ({ class_name }: Layer) => class_name === 'Sequential' || class_name === 'Model'

/** Works out what leads to the wanted outputs, and nothing else. */
function translateFunctional(
  config: Record<string, unknown>,
  inputs: readonly Value[],
  wanted: readonly number[] | null,
  around: Surroundings,
): Value[] {
  const { layers, input_layers, output_layers } = functionalSchema.parse(config)
  const byName = new Map(layers.map((layer) => [nameOf(layer), layer]))
  const done = new Map<string, Value[]>()
  for (const [index, [name]] of input_layers.entries())
    done.set(`${name} 0`, [soleValue(inputs.slice(index))])

  const outputsOf = (name: string, node: number): Value[] => {
    const key = `${name} ${node}`
    const known = done.get(key)
    if (known !== undefined) return known
    const layer = byName.get(name)
    // A model's first node is that of its own inputs and outputs; calls of it come after.
    const call = layer?.inbound_nodes[isModel(layer) ? node - 1 : node]
    if (layer === undefined || call === undefined) throw new Error(`the call ${key} is missing`)
    const outputs = callLayer(layer, call.map(valueAt), around)
    done.set(key, outputs)
    return outputs
  }
  const valueAt = ([name, node, tensor]: z.infer<typeof referenceSchema>): Value => {
    const value = outputsOf(name, node)[tensor]
    if (value === undefined) throw new Error(`the output ${tensor} of ${name} is missing`)
    return value
  }
  return output_layers.filter((_, index) => wanted?.includes(index) ?? true).map(valueAt)
}

function callLayer(layer: Layer, inputs: readonly Value[], around: Surroundings): Value[] {
  const path = [...around.path, nameOf(layer)]
  if (isModel(layer)) return translateTopology(layer, inputs, null, { ...around, path })
  const weights = around.weights.get(path.join('/')) ?? []
  return translateLayer(layer.class_name, { graph: around.graph, config: layer.config, inputs, weights })
}

const nameOf = ({ name, config }: Layer) => name ?? named.parse(config).name
