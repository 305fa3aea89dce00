import { TaikaiError } from '../errors.ts'
import { axisMove, permuted } from './channels-first.ts'
import { addCall, type GraphTotals } from './graph-totals.ts'
import { brokenTopology } from './keras/broken-topology.ts'
import type { Json, LayerNode } from './keras/model-node.ts'
import { type DescribedLayer, LayerFault, type Shape } from './layers/layer-kind.ts'
import { layerKinds } from './layers/registry.ts'
import { type OutputKind, outputKindOf } from './output-kind.ts'

/** The call that a tensor comes from: the layer's place in the file, and where the call's inputs came from. */
export type Trace = { path: readonly string[]; from: readonly Trace[] }
export type Tensor = { shape: Shape; kind: OutputKind; trace: Trace }
export type CleanLayer = { class_name: string; config: Json }

export const inputLayer = (name: string, shape: Shape): CleanLayer => ({
  class_name: 'InputLayer',
  config: { name, batch_input_shape: [null, ...shape], dtype: 'float32', sparse: false },
})

/** One call of one layer that is no model: its clean form, and what comes out. */
export function callLayer(
  layer: LayerNode,
  path: readonly string[],
  inputs: readonly Tensor[],
  totals: GraphTotals,
  firstCall: boolean,
): { topology: CleanLayer; outputs: Tensor[] } {
  const shapes = inputs.map(({ shape }) => shape)
  const moved = axisMove(layer.className, layer.config, shapes[0])
  const described =
    moved === null
      ? describe(layer, layer.config, shapes)
      : describe(
          layer,
          moved.config,
          shapes.map((shape) => permuted(shape, moved.before)),
        )
  addCall(totals, described, firstCall)
  const sources = totals.sources.get(placeOf(path)) ?? new Set()
  for (const { trace } of inputs) sources.add(placeOf(trace.path))
  totals.sources.set(placeOf(path), sources)
  // What leaves with another rank (Flatten, global pooling) has no axis to move back.
  const back = (shape: Shape) =>
    moved !== null && shape.length === moved.after.length ? permuted(shape, moved.after) : shape
  const outputs = described.outputs.map(back)
  const clean = path.at(-1) ?? ''
  const engine = described.engine ?? { className: layer.className, config: described.config }
  const own = { ...engine.config, trainable: true }
  if (firstCall)
    totals.layers.push({
      name: layer.name,
      className: layer.className,
      outputShape: outputs[0] ?? [],
      activation: described.activation,
      wraps: described.wraps ?? [],
      weights: described.weights,
      trainable: layer.config.trainable !== false,
      config: described.config,
      path,
      enginePath: moved === null ? path : [...path, innerName],
    })
  const kind = outputKindOf(described, inputs[0]?.kind ?? 'unknown')
  const topology: CleanLayer =
    moved === null
      ? { class_name: engine.className, config: { ...own, name: clean } }
      : wrapped(
          clean,
          { class_name: engine.className, config: { ...own, name: innerName } },
          shapes[0] ?? [],
          moved.before,
          described.outputs[0]?.length === moved.after.length ? moved.after : null,
        )
  const trace = { path, from: inputs.map((input) => input.trace) }
  return { topology, outputs: outputs.map((shape) => ({ shape, kind, trace })) }
}

/** The places of all layers that a tensor depends on, each as one text. A layer that is shared comes once. */
export function placesBehind(tensor: Trace): ReadonlySet<string> {
  const seen = new Set<Trace>()
  const waiting = [tensor]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    waiting.push(...next.from)
  }
  return new Set([...seen].map(({ path }) => placeOf(path)))
}

export const placeOf = (path: readonly string[]) => path.join('/')

const innerName = 'inner'

/** A layer between two transpositions, as one model, so that it can be called, shared and named like one layer. */
function wrapped(
  name: string,
  inner: CleanLayer,
  input: Shape,
  before: readonly number[],
  after: readonly number[] | null,
): CleanLayer {
  const permute = (own: string, dims: readonly number[]) => ({
    class_name: 'Permute',
    config: { name: own, dims: [...dims] },
  })
  const layers = [
    inputLayer('input', input),
    permute('before', before),
    inner,
    ...(after === null ? [] : [permute('after', after)]),
  ]
  return { class_name: 'Sequential', config: { name, layers } }
}

function describe(layer: LayerNode, config: Json, inputs: readonly Shape[]): DescribedLayer {
  const { className, name } = layer
  const kind = layerKinds.get(className)
  if (kind === undefined)
    throw new TaikaiError('LAYER_UNSUPPORTED', { layer: className, name: name.slice(0, 100) })
  try {
    return kind(config, inputs)
  } catch (error) {
    if (error instanceof TaikaiError && error.code === 'LAYER_UNSUPPORTED')
      throw new TaikaiError('LAYER_UNSUPPORTED', { ...error.params, name: name.slice(0, 100) })
    if (error instanceof LayerFault) throw brokenTopology(`${className} “${name}”: ${error.message}`)
    throw error
  }
}
