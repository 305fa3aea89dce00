import type { OnnxGraph, OnnxNode, OnnxTensor } from './onnx-model.ts'

/** Tensors that are known without running anything, by the name of the value; those of the graphs around count too. */
export type Constants = ReadonlyMap<string, OnnxTensor>

/** What initializers and Constant nodes of a graph hold, added to what the graphs around it hold. */
export function constantsOf(graph: Pick<OnnxGraph, 'initializers' | 'nodes'>, around: Constants): Constants {
  const constants = new Map(around)
  for (const tensor of graph.initializers) constants.set(tensor.name, tensor)
  for (const node of graph.nodes) {
    const tensor = constantOf(node)
    const [name] = node.outputs
    if (tensor !== null && name !== undefined) constants.set(name, tensor)
  }
  return constants
}

/** The tensor of a Constant node, whichever of its attributes holds it; null where it is no number. */
export function constantOf(node: OnnxNode): OnnxTensor | null {
  if (node.opType !== 'Constant' || node.domain !== '') return null
  const [attribute] = node.attributes
  if (attribute === undefined) return null
  if (attribute.name === 'value') return attribute.tensor
  const ints = attribute.name === 'value_int' ? [attribute.int] : attribute.ints
  if (attribute.name !== 'value_int' && attribute.name !== 'value_ints') return null
  return {
    name: '',
    type: 7,
    shape: attribute.name === 'value_int' ? [] : [ints.length],
    data: new Uint8Array(BigInt64Array.from(ints).buffer),
  }
}

/** The values of an integer or boolean tensor of at most 64 values; null for any other. */
export function smallIntegers(tensor: OnnxTensor | undefined): number[] | null {
  if (tensor === undefined) return null
  const { type, shape, data } = tensor
  const count = shape.reduce((product, size) => product * size, 1)
  if (count > 64) return null
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  if (type === 7) return Array.from({ length: count }, (_, at) => Number(view.getBigInt64(at * 8, true)))
  if (type === 6) return Array.from({ length: count }, (_, at) => view.getInt32(at * 4, true))
  return type === 9 ? [...data] : null
}

const exponents: ReadonlyMap<number, { bytes: number; mask: number }> = new Map([
  [1, { bytes: 4, mask: 0x7f800000 }],
  [10, { bytes: 2, mask: 0x7c00 }],
  [16, { bytes: 2, mask: 0x7f80 }],
  [11, { bytes: 8, mask: 0x7ff00000 }],
])

/** Whether a tensor of floating-point numbers holds no NaN and no infinity, told by their exponents (IEEE 754). */
export function isFiniteTensor({ type, data }: OnnxTensor): boolean {
  const format = exponents.get(type)
  if (format === undefined) return true
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const { bytes, mask } = format
  for (let at = 0; at < data.length; at += bytes) {
    // The exponent of a float64 lies in its upper half.
    const bits = bytes === 2 ? view.getUint16(at, true) : view.getInt32(at + bytes - 4, true)
    if ((bits & mask) === mask) return false
  }
  return true
}
