import { describe, expect, it } from 'vitest'
import { inferShapes } from './infer-shapes.ts'
import { floats, graphOf, ints, node } from './onnx-fixtures.ts'
import type { OnnxGraph, OnnxNode } from './onnx-model.ts'

const zeros = (name: string, ...shape: number[]) =>
  floats(name, shape, new Array<number>(shape.reduce((all, size) => all * size, 1)).fill(0))
const infer = (nodes: OnnxNode[], initializers: OnnxGraph['initializers'], shape: number[]) => {
  const { shapes, macs } = inferShapes(graphOf({ nodes, initializers }), { name: 'x', shape })
  return [shapes.get('y'), macs]
}

describe('the work of one operator, by hand', () => {
  it.each<[string, number[], OnnxNode, OnnxGraph['initializers'], number[], number]>([
    [
      'a convolution with pads',
      [1, 3, 32, 32],
      node('Conv', ['x', 'w'], ['y'], { pads: [1, 1, 1, 1] }),
      [zeros('w', 16, 3, 3, 3)],
      [1, 16, 32, 32],
      16 * 32 * 32 * 27,
    ],
    [
      'a convolution with strides',
      [1, 3, 32, 32],
      node('Conv', ['x', 'w'], ['y'], { strides: [2, 2] }),
      [zeros('w', 8, 3, 5, 5)],
      [1, 8, 14, 14],
      8 * 14 * 14 * 75,
    ],
    [
      'SAME_UPPER',
      [1, 3, 7, 7],
      node('Conv', ['x', 'w'], ['y'], { auto_pad: 'SAME_UPPER', strides: [2, 2] }),
      [zeros('w', 4, 3, 3, 3)],
      [1, 4, 4, 4],
      4 * 16 * 27,
    ],
    [
      'a depthwise convolution with a dilation',
      [1, 6, 9, 9],
      node('Conv', ['x', 'w'], ['y'], { group: 6, dilations: [2, 2] }),
      [zeros('w', 6, 1, 3, 3)],
      [1, 6, 5, 5],
      6 * 25 * 9,
    ],
    [
      'a transposed convolution',
      [1, 4, 5, 5],
      node('ConvTranspose', ['x', 'w'], ['y'], { strides: [2, 2] }),
      [zeros('w', 4, 2, 3, 3)],
      [1, 2, 11, 11],
      4 * 25 * 18,
    ],
    [
      'Gemm with a transposed kernel',
      [1, 512],
      node('Gemm', ['x', 'w'], ['y'], { transB: 1 }),
      [zeros('w', 10, 512)],
      [1, 10],
      5120,
    ],
    [
      'MatMul over a sequence',
      [1, 28, 28],
      node('MatMul', ['x', 'w'], ['y']),
      [zeros('w', 28, 64)],
      [1, 28, 64],
      28 * 28 * 64,
    ],
  ])('%s', (_name, shape, one, initializers, expected, macs) => {
    expect(infer([one], initializers, shape)).toEqual([expected, macs])
  })

  it.each<[string, number[], OnnxNode, OnnxGraph['initializers'], number[]]>([
    [
      'MaxPool',
      [1, 8, 32, 32],
      node('MaxPool', ['x'], ['y'], { kernel_shape: [2, 2], strides: [2, 2] }),
      [],
      [1, 8, 16, 16],
    ],
    [
      'AveragePool that rounds up',
      [1, 8, 7, 7],
      node('AveragePool', ['x'], ['y'], { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 }),
      [],
      [1, 8, 4, 4],
    ],
    ['GlobalAveragePool', [1, 8, 7, 7], node('GlobalAveragePool', ['x'], ['y']), [], [1, 8, 1, 1]],
    [
      'ReduceMean',
      [1, 8, 7, 7],
      node('ReduceMean', ['x'], ['y'], { axes: [-1, -2], keepdims: 0 }),
      [],
      [1, 8],
    ],
    [
      'ReduceMean since opset 18',
      [1, 8, 7, 7],
      node('ReduceMean', ['x', 'a'], ['y']),
      [ints('a', [2, 3])],
      [1, 8, 1, 1],
    ],
    ['Flatten', [1, 8, 7, 7], node('Flatten', ['x'], ['y']), [], [1, 392]],
    [
      'Reshape with an open size',
      [1, 8, 7, 7],
      node('Reshape', ['x', 's'], ['y']),
      [ints('s', [0, -1])],
      [1, 392],
    ],
    ['Squeeze', [1, 8, 1, 1], node('Squeeze', ['x', 'a'], ['y']), [ints('a', [2, -1])], [1, 8]],
    ['Unsqueeze', [1, 28, 28], node('Unsqueeze', ['x'], ['y'], { axes: [1] }), [], [1, 1, 28, 28]],
    [
      'Transpose',
      [1, 32, 30, 3],
      node('Transpose', ['x'], ['y'], { perm: [0, 3, 1, 2] }),
      [],
      [1, 3, 32, 30],
    ],
    [
      'Pad',
      [1, 3, 4, 4],
      node('Pad', ['x', 'p'], ['y']),
      [ints('p', [0, 0, 1, 2, 0, 0, 3, 0])],
      [1, 3, 8, 6],
    ],
    ['Concat', [1, 3, 4, 4], node('Concat', ['x', 'x'], ['y'], { axis: 1 }), [], [1, 6, 4, 4]],
    ['Add of a bias', [1, 3, 4, 4], node('Add', ['x', 'b'], ['y']), [zeros('b', 3, 1, 1)], [1, 3, 4, 4]],
  ])('%s only changes the shape', (_name, shape, one, initializers, expected) => {
    expect(infer([one], initializers, shape)).toEqual([expected, 0])
  })
})

describe('a graph', () => {
  it('works out the sizes that PyTorch computes for a view', () => {
    // x.view(x.size(0), -1)
    const nodes = [
      node('Shape', ['x'], ['sizes']),
      node('Gather', ['sizes', 'first'], ['batch'], { axis: 0 }),
      node('Unsqueeze', ['batch', 'axis'], ['batches']),
      node('Concat', ['batches', 'rest'], ['wanted'], { axis: 0 }),
      node('Reshape', ['x', 'wanted'], ['flat']),
      node('Gemm', ['flat', 'w'], ['y']),
    ]
    const initializers = [ints('first', [0], []), ints('axis', [0]), ints('rest', [-1]), zeros('w', 48, 10)]
    expect(infer(nodes, initializers, [1, 3, 4, 4])).toEqual([[1, 10], 480])
  })

  it('has no known work where one operator is not known, or a shape depends on values', () => {
    const dense = node('Gemm', ['z', 'w'], ['y'])
    const w = zeros('w', 48, 10)
    expect(infer([node('Einsum', ['x'], ['z']), dense], [w], [1, 48])[1]).toBeNull()
    expect(infer([node('Relu', ['x'], ['z'], {}, 'mine'), dense], [w], [1, 48])[1]).toBeNull()
    expect(infer([node('Reshape', ['x', 'x'], ['z']), dense], [w], [1, 48])[1]).toBeNull()
    expect(infer([node('Identity', ['x'], ['z']), dense], [w], [1, 48])).toEqual([[1, 10], 480])
  })

  it('believes nothing that the exporter noted', () => {
    const nodes = [node('Einsum', ['x'], ['z']), node('Gemm', ['z', 'w'], ['y'])]
    const graph = graphOf({
      nodes,
      initializers: [zeros('w', 48, 10)],
      values: [{ name: 'z', type: 1, shape: [1, 48] }],
    })
    expect(inferShapes(graph, { name: 'x', shape: [1, 48] }).macs).toBeNull()
  })

  it.each([[[0, 0, 0]], [[7, -1]], [[-1, -1]], [[2 ** 40, 2 ** 40]]])(
    'knows no work after sizes that do not hold the values: %j',
    (sizes) => {
      const nodes = [node('Reshape', ['x', 's'], ['z']), node('Gemm', ['z', 'w'], ['y'])]
      expect(infer(nodes, [ints('s', sizes), zeros('w', 48, 10)], [1, 48])).toEqual([undefined, null])
    },
  )
})
