import { graphFiles, graphNode } from '@taikai/shared/model/graph/graph-fixtures'
import type { GraphNode } from '@taikai/shared/model/graph/graph-node'
import { inspectModel } from '@taikai/shared/model/inspect'
import type { ImageSpec } from '@taikai/shared/model/model-file'
import { describe, expect, it } from 'vitest'
import { createWasmEngine } from './wasm.ts'

const spec: ImageSpec = { imageShape: [1, 2, 1], classCount: 2 }
/** Two pixels a and b give a + 2b + 0.5 and 3a + 4b − 1. */
const dense = {
  kernel: { shape: [2, 2], values: [1, 3, 2, 4] },
  bias: { shape: [2], values: [0.5, -1] },
}
const denseNodes = [
  graphNode('MatMul', 'product', ['x', 'kernel']),
  graphNode('BiasAdd', 'y', ['product', 'bias']),
]

async function outputsOf(
  nodes: GraphNode[],
  weights: Parameters<typeof graphFiles>[0]['weights'],
  signature?: object,
): Promise<number[]> {
  const { model } = await inspectModel(graphFiles({ nodes, weights, signature }), spec)
  const engine = await createWasmEngine()
  await engine.load(model)
  return [...(await engine.predict(Float32Array.of(1, 2, 10, 20, 0, 0), 3))]
}

describe('a GraphModel', () => {
  it('gives the outputs that follow from its operations', async () => {
    const input = graphNode('Placeholder', 'x', [], { shape: [-1, 2] })
    expect(await outputsOf([input, ...denseNodes], dense)).toEqual([5.5, 10, 50.5, 109, 0.5, -1])
  })

  it('runs a batch that is fixed', async () => {
    const input = graphNode('Placeholder', 'x', [], { shape: [2, 2] })
    expect(await outputsOf([input, ...denseNodes], dense)).toEqual([5.5, 10, 50.5, 109, 0.5, -1])
  })

  it('feeds whole numbers where it wants them, and decodes quantised weights', async () => {
    const nodes = [
      graphNode('Placeholder', 'bytes', [], { shape: [-1, 1, 2, 1], type: 'DT_INT32' }),
      graphNode('Cast', 'x4', ['bytes'], { source: 'DT_INT32', target: 'DT_FLOAT' }),
      graphNode('Reshape', 'x', ['x4', 'flat']),
      ...denseNodes,
    ]
    // 1, 3, 2, 4 as bytes 0, 2, 1, 3 with scale 1 and least value 1
    const kernel = { shape: [2, 2], values: [0, 2, 1, 3], quantization: { dtype: 'uint8', scale: 1, min: 1 } }
    const flat = { shape: [2], values: [-1, 2], dtype: 'int32' }
    expect(await outputsOf(nodes, { ...dense, kernel, flat })).toEqual([5.5, 10, 50.5, 109, 0.5, -1])
  })

  it('gives the last output of its signature that has a number per class', async () => {
    const input = graphNode('Placeholder', 'x', [], { shape: [-1, 2] })
    const negative = graphNode('Neg', 'negative', ['y'])
    const port = (name: string, sizes: number[]) => ({
      name: `${name}:0`,
      tensorShape: { dim: sizes.map((size) => ({ size: String(size) })) },
    })
    const signature = {
      inputs: { image: port('x', [-1, 2]) },
      outputs: { a: port('y', [-1, 2]), b: port('negative', [-1, 2]), c: port('x', [-1, 3]) },
    }
    expect(await outputsOf([input, ...denseNodes, negative], dense, signature)).toEqual([
      -5.5, -10, -50.5, -109, -0.5, 1,
    ])
  })

  it('runs control flow', async () => {
    const nodes = [
      graphNode('Placeholder', 'x', [], { shape: [-1, 2] }),
      ...denseNodes,
      graphNode('Switch', 'branch', ['y', 'yes']),
      graphNode('Neg', 'unlikely', ['branch']),
      graphNode('Identity', 'likely', ['branch:1']),
      graphNode('Merge', 'merged', ['unlikely', 'likely']),
    ]
    const yes = { shape: [], values: [1], dtype: 'bool' }
    expect(await outputsOf(nodes, { ...dense, yes })).toEqual([5.5, 10, 50.5, 109, 0.5, -1])
  })
})
