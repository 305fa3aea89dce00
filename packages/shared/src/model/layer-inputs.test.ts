import { describe, expect, it } from 'vitest'
import { graphFiles, graphNode } from './graph/graph-fixtures.ts'
import { inspectModel } from './inspect.ts'
import { inputsBySource } from './layer-inputs.ts'
import type { ImageSpec, ModelFile } from './model-file.ts'
import { layer, modelFiles, sequential } from './model-fixtures.ts'
import { floats, node, onnxFile, value } from './onnx/onnx-fixtures.ts'

const spec: ImageSpec = { imageShape: [4, 4, 3], classCount: 10 }
const linksOf = async (files: readonly ModelFile[]) => {
  const { inspection } = await inspectModel(files, spec)
  return inspection.layers.map(({ name, inputs }) => [name, inputs])
}

describe('what each layer takes', () => {
  const called = (className: string, name: string, from: string[][], config = {}) => ({
    ...layer(className, { name, ...config }),
    name,
    inbound_nodes: from.map((call) => call.map((one) => [one, 0, 0, {}])),
  })
  const model = (layers: object[], output: string) => ({
    class_name: 'Model',
    config: { name: 'm', layers, input_layers: [['i', 0, 0]], output_layers: [[output, 0, 0]] },
  })
  const dense = (name: string, inputs: number, units: number) => [
    { name: `${name}/kernel`, shape: [inputs, units] },
    { name: `${name}/bias`, shape: [units] },
  ]

  it('follows an addition around a layer, as in a ResNet', async () => {
    const topology = model(
      [
        called('InputLayer', 'i', [], { batch_input_shape: [null, 48] }),
        called('Dense', 'a', [['i']], { units: 10 }),
        called('Dense', 'b', [['a']], { units: 10 }),
        called('Add', 'sum', [['b', 'a']]),
      ],
      'sum',
    )
    expect(await linksOf(modelFiles(topology, [...dense('a', 48, 10), ...dense('b', 10, 10)]))).toEqual([
      ['a', [-1]],
      ['b', [0]],
      ['sum', [0, 1]],
    ])
  })

  it('joins the layers of a model within a model to those around it, and gathers the calls of a shared one', async () => {
    const inner = {
      ...sequential([48], layer('Dense', { name: 'x', units: 10 }), layer('ReLU', { name: 'y' })),
      name: 'inner',
      inbound_nodes: [[['i', 0, 0, {}]]],
    }
    const topology = model(
      [
        called('InputLayer', 'i', [], { batch_input_shape: [null, 48] }),
        { ...inner, config: { ...inner.config, name: 'inner' } },
        called('Dense', 'shared', [['inner'], ['shared']], { units: 10 }),
        {
          ...called('Add', 'sum', []),
          inbound_nodes: [
            [
              ['shared', 0, 0, {}],
              ['shared', 1, 0, {}],
            ],
          ],
        },
      ],
      'sum',
    )
    expect(await linksOf(modelFiles(topology, [...dense('x', 48, 10), ...dense('shared', 10, 10)]))).toEqual([
      ['x', [-1]],
      ['y', [0]],
      ['shared', [1, 2]],
      ['sum', [2]],
    ])
  })

  it('follows the tensors of ONNX and of a GraphModel, and takes weights for none', async () => {
    const onnx = onnxFile({
      nodes: [node('MatMul', ['x', 'w'], ['h']), node('Relu', ['h'], ['r']), node('Add', ['r', 'h'], ['y'])],
      inputs: [value('x', ['n', 48])],
      outputs: [value('y', ['n', 10])],
      initializers: [floats('w', [48, 10], new Array<number>(480).fill(0))],
    })
    expect(await linksOf([onnx])).toEqual([
      ['h', [-1]],
      ['r', [0]],
      ['y', [0, 1]],
    ])
    const graph = graphFiles({
      nodes: [
        graphNode('Placeholder', 'x', [], { shape: [-1, 48] }),
        graphNode('MatMul', 'product', ['x', 'w']),
        graphNode('Relu', 'bent', ['product:0']),
        graphNode('AddV2', 'sum', ['bent', 'product']),
      ],
      weights: { w: { shape: [48, 10], values: new Array<number>(480).fill(0) } },
    })
    expect(await linksOf(graph)).toEqual([
      ['x', []],
      ['product', [0]],
      ['bent', [1]],
      ['sum', [1, 2]],
    ])
  })

  it('says nothing where a model joins everything with everything', () => {
    const names = Array.from({ length: 201 }, (_, place) => [`layer ${place}`])
    const all = names.flat()
    expect(
      inputsBySource(
        names,
        names.map(() => all.slice(0, 50)),
      )?.[0],
    ).toHaveLength(50)
    expect(
      inputsBySource(
        names,
        names.map(() => all),
      ),
    ).toBeNull()
  })
})
