import { describe, expect, it } from 'vitest'
import { TaikaiError } from '../../errors.ts'
import { inspectModel } from '../inspect.ts'
import type { ImageSpec } from '../model-file.ts'
import { graphFiles, graphNode } from './graph-fixtures.ts'
import type { GraphNode } from './graph-node.ts'

const cifar: ImageSpec = { imageShape: [32, 32, 3], classCount: 10 }
const input = (shape: number[], type?: string) =>
  graphNode('Placeholder', 'x', [], type === undefined ? { shape } : { shape, type })
const flat = input([-1, 3072])
const dense = [
  graphNode('MatMul', 'product', ['x', 'kernel']),
  graphNode('BiasAdd', 'y', ['product', 'bias']),
]
const weights = {
  kernel: { shape: [3072, 10], values: new Array<number>(30_720).fill(0) },
  bias: { shape: [10], values: new Array<number>(10).fill(0) },
}
const inspect = (
  nodes: GraphNode[],
  given: Parameters<typeof graphFiles>[0]['weights'] = weights,
  signature?: object,
) => inspectModel(graphFiles({ nodes, weights: given, signature }), cifar)
const refusalOf = async (nodes: GraphNode[], given?: Parameters<typeof graphFiles>[0]['weights']) => {
  try {
    await inspect(nodes, given)
  } catch (error) {
    if (error instanceof TaikaiError) return [error.code, error.params]
    throw error
  }
  return null
}

describe('inspecting a GraphModel', () => {
  it('reads operations, weights, input and head', async () => {
    const { inspection, model } = await inspect([flat, ...dense])
    expect(inspection).toMatchObject({
      format: 'tfjs-graph',
      parameters: 30_730,
      macs: 30_720,
      inputShape: [3072],
      outputKind: 'logits',
    })
    expect(inspection.layers.map(({ className, parameters }) => [className, parameters])).toEqual([
      ['Placeholder', 0],
      ['MatMul', 30_720],
      ['BiasAdd', 10],
    ])
    expect(model).toMatchObject({ family: 'graph', inputName: 'x', outputName: 'y', batch: { kind: 'any' } })
  })

  it.each([
    [[-1, 32, 32, 3], 'hwc', 'any'],
    [[1, 32, 32, 3], 'hwc', 'fixed'],
    [[-1, 3, 32, 32], 'chw', 'any'],
    [[-1, 3072], 'flat', 'any'],
  ])('reads the input %j as %s', async (shape, layout, batch) => {
    expect((await inspect([input(shape), ...dense])).model).toMatchObject({ layout, batch: { kind: batch } })
  })

  it('tells what the head gives, through operations that change no value', async () => {
    const softmax = [graphNode('Softmax', 'p', ['y']), graphNode('Identity', 'Identity', ['p'])]
    expect((await inspect([flat, ...dense, ...softmax])).inspection.outputKind).toBe('probabilities')
    const relu = graphNode('Relu', 'r', ['y'])
    expect((await inspect([flat, ...dense, relu])).inspection.outputKind).toBe('unknown')
  })

  it('says which of several outputs is scored', async () => {
    const port = (name: string, size: number) => ({
      name,
      tensorShape: { dim: [{ size: '-1' }, { size: String(size) }] },
    })
    const signature = { outputs: { a: port('product:0', 10), b: port('y:0', 10), c: port('x:0', 3072) } }
    expect((await inspect([flat, ...dense], weights, signature)).inspection.head).toEqual({
      name: 'y:0',
      index: 1,
      count: 3,
    })
  })

  it('reads the signature where older converters put it', async () => {
    const [json, shard] = graphFiles({ nodes: [flat, ...dense], weights })
    if (json === undefined || shard === undefined) throw new Error('the model has two files')
    const dim = [{ size: '-1' }, { size: '7' }]
    const parsed: object = JSON.parse(new TextDecoder().decode(json.bytes))
    const old = {
      ...parsed,
      userDefinedMetadata: { signature: { outputs: { y: { name: 'y', tensorShape: { dim } } } } },
    }
    const bytes = new TextEncoder().encode(JSON.stringify(old))
    const files = [{ name: 'model.json', bytes }, shard]
    await expect(inspectModel(files, cifar)).rejects.toThrow('OUTPUT_SHAPE_MISMATCH')
  })

  it('refuses what cannot be scored', async () => {
    expect((await refusalOf([input([-1, 224, 224, 3]), ...dense]))?.[0]).toBe('INPUT_SHAPE_MISMATCH')
    expect(await refusalOf([flat, graphNode('Placeholder', 'z', [], { shape: [-1, 2] }), ...dense])).toEqual([
      'MODEL_TOPOLOGY_INVALID',
      { reason: 'it does not take exactly one input' },
    ])
    expect(await refusalOf([flat, ...dense, graphNode('RandomUniform', 'r', ['y'])])).toEqual([
      'LAYER_UNSUPPORTED',
      { layer: 'RandomUniform' },
    ])
    expect(await refusalOf([flat, ...dense, graphNode('Relu', 'r', ['nowhere'])])).toEqual([
      'MODEL_TOPOLOGY_INVALID',
      { reason: 'a node of its graph is missing' },
    ])
    expect((await refusalOf([flat, ...dense, graphNode('Relu', 'y', ['x'])]))?.[0]).toBe(
      'MODEL_TOPOLOGY_INVALID',
    )
    expect(await refusalOf([input([100_000, 3072]), ...dense])).toEqual([
      'MODEL_TOO_LARGE',
      { what: 'batch' },
    ])
    const many = Array.from({ length: 20_000 }, (_, at) => graphNode('Relu', `r${at}`, ['x']))
    expect(await refusalOf([flat, ...many, ...dense])).toEqual(['MODEL_TOO_LARGE', { what: 'operators' }])
  })

  it.each([
    ['Fill', ['sizes', 'bias']],
    ['Tile', ['x', 'sizes']],
  ])('refuses constants of huge shapes: %s', async (op, inputs) => {
    const sizes = { shape: [2], values: [100_000, 100_000], dtype: 'int32' }
    expect(await refusalOf([flat, ...dense, graphNode(op, 'big', inputs)], { ...weights, sizes })).toEqual([
      'MODEL_TOO_LARGE',
      { what: 'activations' },
    ])
  })

  it('refuses weights that are cut off or not finite', async () => {
    const [json, shard] = graphFiles({ nodes: [flat, ...dense], weights })
    if (json === undefined || shard === undefined) throw new Error('the model has two files')
    const cut = { ...shard, bytes: shard.bytes.subarray(0, 1000) }
    await expect(inspectModel([json, cut], cifar)).rejects.toThrow('WEIGHTS_TRUNCATED')
    const bias = { shape: [10], values: new Array<number>(10).fill(Number.NaN) }
    expect((await refusalOf([flat, ...dense], { ...weights, bias }))?.[0]).toBe('WEIGHTS_NOT_FINITE')
  })
})
