import type { Shape } from '@taikai/shared/model/layers/layer-kind'
import type { GraphBuilder, GraphNode } from './graph-builder.ts'

/** Which axis of a product's weights counts its outputs. */
const outputAxes: ReadonlyMap<string, number> = new Map([
  ['Conv', 0],
  ['ConvTranspose', 1],
  ['Gemm', 1],
])

/**
 * Takes every BatchNormalization into the weights of the product before it, where nothing else reads that:
 * γ (Wx + b − μ) / √(σ² + ε) + β is a product with other weights. They are worked out in float64 and rounded once, so that outputs
 * move by less than 1e-5 of their size.
 */
export function foldBatchNormalization(graph: GraphBuilder): void {
  const readers = countReaders(graph.nodes)
  const producers = new Map<string, GraphNode>()
  graph.nodes = graph.nodes.filter((node) => {
    const before = producers.get(node.inputs[0] ?? '')
    // A kernel that several nodes share stays one.
    const alone = [before?.outputs[0], before?.inputs[1]].every((name) => readers.get(name ?? '') === 1)
    if (before !== undefined && alone && fold(graph, before, node)) return false
    for (const output of node.outputs) producers.set(output, node)
    return true
  })
}

function countReaders(nodes: readonly GraphNode[]): Map<string, number> {
  const readers = new Map<string, number>()
  for (const { inputs } of nodes)
    for (const input of inputs) readers.set(input, (readers.get(input) ?? 0) + 1)
  return readers
}

/** False, with nothing changed, where these are no such nodes or the new weights would not be finite. */
function fold(graph: GraphBuilder, product: GraphNode, normalization: GraphNode): boolean {
  const axis = outputAxes.get(product.op)
  const [, gamma, beta, mean, variance] = normalization.inputs.map((name) => numbersOf(graph, name))
  const { epsilon } = normalization.attributes
  if (normalization.op !== 'BatchNormalization' || axis === undefined) return false
  if (typeof epsilon !== 'object' || !('float' in epsilon)) return false
  const [x = '', kernelName = '', biasName = ''] = product.inputs
  const [kernel, bias] = [numbersOf(graph, kernelName), numbersOf(graph, biasName)]
  if (kernel === undefined || !gamma || !beta || !mean || !variance) return false
  const scale = Float64Array.from(
    gamma.data,
    (one, at) => one / Math.sqrt((variance.data[at] ?? 0) + epsilon.float),
  )
  const newKernel = scaled(kernel, axis, scale)
  const newBias = Float32Array.from(
    scale,
    (factor, at) => ((bias?.data[at] ?? 0) - (mean.data[at] ?? 0)) * factor + (beta.data[at] ?? 0),
  )
  if (![newKernel.data, newBias].every((values) => values.every(Number.isFinite))) return false
  product.inputs = [x, graph.constant(newKernel.data, newKernel.shape), graph.constant(newBias)]
  product.outputs = normalization.outputs
  return true
}

function numbersOf(graph: GraphBuilder, name: string): { shape: Shape; data: Float32Array } | undefined {
  const constant = graph.constants.get(name)
  if (constant === undefined || !(constant.data instanceof Float32Array)) return undefined
  return { shape: constant.shape, data: constant.data }
}

/** Weights times one number for each of their outputs. */
function scaled(
  { shape, data }: { shape: Shape; data: Float32Array },
  axis: number,
  scale: Float64Array,
): { shape: Shape; data: Float32Array } {
  const perOutput = shape.slice(axis + 1).reduce((product, size) => product * size, 1)
  const values = new Float32Array(data.length)
  for (let at = 0; at < values.length; at++) {
    const output = Math.floor(at / perOutput) % scale.length
    values[at] = (data[at] ?? 0) * (scale[output] ?? 1)
  }
  return { shape, data: values }
}
