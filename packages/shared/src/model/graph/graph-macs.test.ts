import { describe, expect, it } from 'vitest'
import { graphMacs } from './graph-macs.ts'
import type { GraphNode } from './graph-node.ts'

const node = (op: string, name: string, input: string[], attr: GraphNode['attr'] = {}): GraphNode => ({
  name,
  op,
  input,
  attr,
})
const ints = (...values: number[]) => ({ list: { i: values.map(String) } })
const text = (words: string) => ({ s: btoa(words) })
const zeros = (...shape: number[]) => ({
  shape,
  data: new Float32Array(shape.reduce((all, size) => all * size, 1)),
})
const vector = (...values: number[]) => ({ shape: [values.length], data: values })

const same = { strides: ints(1, 1, 1, 1), padding: text('SAME'), data_format: text('NHWC') }
/** The usual small network as the converter writes it, with everything folded. */
const network = [
  node('Placeholder', 'x', []),
  node('_FusedConv2D', 'conv', ['x', 'w1', 'b1'], same),
  node('MaxPool', 'pool', ['conv'], {
    ksize: ints(1, 2, 2, 1),
    strides: ints(1, 2, 2, 1),
    padding: text('VALID'),
  }),
  node('DepthwiseConv2dNative', 'depth', ['pool', 'w2'], same),
  node('Pad', 'padded', ['depth', 'edges']),
  node('Conv2D', 'strided', ['padded', 'w3'], { ...same, strides: ints(1, 2, 2, 1), padding: text('VALID') }),
  node('AddV2', 'shifted', ['strided', 'b3']),
  node('Mean', 'mean', ['shifted', 'axes']),
  node('Reshape', 'flat', ['mean', 'sizes']),
  node('_FusedMatMul', 'y', ['flat', 'w4', 'b4'], { transpose_a: { b: false }, transpose_b: { b: false } }),
]
const constants = new Map([
  ['w1', zeros(3, 3, 3, 8)],
  ['b1', zeros(8)],
  ['w2', zeros(3, 3, 8, 2)],
  ['edges', { shape: [4, 2], data: [0, 0, 1, 0, 1, 0, 0, 0] }],
  ['w3', zeros(3, 3, 16, 4)],
  ['b3', zeros(4)],
  ['axes', vector(1, 2)],
  ['sizes', vector(-1, 4)],
  ['w4', zeros(4, 10)],
  ['b4', zeros(10)],
])
const input = { name: 'x', shape: [1, 8, 8, 3] }

describe('the work of a GraphModel', () => {
  it('follows from its input, by hand', () => {
    // 8·8·8 × 27, then 4·4·16 × 9, then 5×5 in steps of two: 2·2·4 × 144, then 4 × 10
    expect(graphMacs(network, constants, input)).toBe(13_824 + 2_304 + 2_304 + 40)
    expect(graphMacs(network, constants, { ...input, shape: [3, 8, 8, 3] })).toBe(3 * 18_472)
  })

  it('is not known where an operation or a shape is not', () => {
    const before = (one: GraphNode) => [node('Placeholder', 'image', []), one, ...network.slice(1)]
    const run = (one: GraphNode, more: [string, { shape: number[]; data: ArrayLike<number> }][] = []) =>
      graphMacs(before(one), new Map([...constants, ...more]), { ...input, name: 'image' })
    expect(run(node('Identity', 'x', ['image']))).toBe(18_472)
    expect(run(node('Einsum', 'x', ['image']))).toBeNull()
    expect(run(node('Reshape', 'x', ['image', 'image']))).toBeNull()
    expect(run(node('Reshape', 'x', ['image', 'many']), [['many', zeros(1000)]])).toBeNull()
    expect(run(node('Identity', 'x', ['image:1']))).toBeNull()
  })
})
