import { expect, test } from 'vitest'
import { TaikaiError } from '../../errors.ts'
import { declaredInput } from '../declared-input.ts'
import { type Json, readModelNode } from './model-node.ts'

const codeOf = (topology: Json) => {
  try {
    readModelNode(topology, 3)
  } catch (error) {
    if (error instanceof TaikaiError)
      return [error.code, error.params.layer ?? error.params.name ?? error.params.what]
    throw error
  }
  return ['read']
}
const keras3 = (
  class_name: string,
  module: string | null,
  config: object,
  registered_name: string | null = null,
) => ({
  class_name,
  module,
  config,
  registered_name,
})
const sequential = (...layers: object[]) => ({ class_name: 'Sequential', config: { layers } })
const tensor = (name: string, node = 0, index = 0) => ({
  class_name: '__keras_tensor__',
  config: { shape: [null, 4], dtype: 'float32', keras_history: [name, node, index] },
})
const at = (layer: string, node = 0, index = 0) => ({ layer, node, tensor: index })

test('connections of Keras 2, of TF.js and of Keras 3 mean the same', () => {
  const model = (calls: unknown, input: unknown) =>
    readModelNode(
      {
        class_name: 'Functional',
        config: {
          layers: [
            { class_name: 'InputLayer', name: 'x', config: { batch_shape: [null, 4] }, inbound_nodes: [] },
            { class_name: 'Add', name: 'sum', config: {}, inbound_nodes: calls },
          ],
          input_layers: input,
          output_layers: [['sum', 1, 0]],
        },
      },
      3,
    )
  const keras2 = model(
    [
      [
        ['x', 0, 0, {}],
        ['x', 0, 0, {}],
      ],
      [
        ['sum', 0, 0, {}],
        ['x', 0, 0, {}],
      ],
    ],
    [['x', 0, 0]],
  )
  const three = model(
    [
      { args: [[tensor('x'), tensor('x')]], kwargs: { training: false } },
      { args: [[tensor('sum'), tensor('x')]], kwargs: {} },
    ],
    ['x', 0, 0],
  )
  const calls = [
    [at('x'), at('x')],
    [at('sum'), at('x')],
  ]
  for (const { layers, inputs, outputs } of [keras2, three]) {
    expect(layers[1]?.calls).toEqual(calls)
    expect(inputs).toEqual([at('x')])
    expect(outputs).toEqual([at('sum', 1)])
  }
})

test('tensors given by keyword follow the others, and a mask is refused by its name', () => {
  const attention = (call: unknown) => ({
    class_name: 'Functional',
    config: {
      layers: [{ class_name: 'MultiHeadAttention', name: 'mha', config: {}, inbound_nodes: [call] }],
      input_layers: { image: ['x', 0, 0] },
      output_layers: [['mha', 0, 0]],
    },
  })
  for (const call of [
    [['q', 0, 0, { value: ['v', 0, 0], training: false }]],
    { args: [tensor('q')], kwargs: { value: tensor('v'), attention_mask: null } },
  ])
    expect(readModelNode(attention(call), 3).layers[0]?.calls).toEqual([[at('q'), at('v')]])
  const masked = { args: [tensor('q')], kwargs: { attention_mask: tensor('m') } }
  expect(codeOf(attention(masked))).toEqual(['LAYER_UNSUPPORTED', 'attention_mask'])
})

test("a student's own class is refused by its name, also where Keras has one of that name", () => {
  expect(codeOf(sequential(keras3('Dense', 'keras.layers', {})))).toEqual(['read'])
  expect(codeOf(sequential({ class_name: 'Dense', config: {} }))).toEqual(['read'])
  expect(codeOf(sequential(keras3('Dense', null, {}, 'Dense')))).toEqual(['LAYER_UNSUPPORTED', 'Dense'])
  expect(codeOf(sequential(keras3('Dense', '__main__', {})))).toEqual(['LAYER_UNSUPPORTED', 'Dense'])
  expect(codeOf(sequential(keras3('Dense', 'keras_cv.layers', {})))).toEqual(['LAYER_UNSUPPORTED', 'Dense'])
})

test('of the operations of Keras 3 only those that a layer stands for are taken', () => {
  expect(codeOf(sequential(keras3('Maximum', 'keras.src.ops.numpy', {})))).toEqual(['read'])
  expect(codeOf(sequential(keras3('Dot', 'keras.src.ops.numpy', {})))).toEqual(['LAYER_UNSUPPORTED', 'Dot'])
})

test('a model that is code is told from a functional one of a class of its own', () => {
  expect(codeOf({ class_name: 'MyModel', config: {} })).toEqual(['MODEL_SUBCLASSED', 'MyModel'])
  expect(codeOf({ class_name: 'Model', config: { name: 'mine' } })).toEqual(['MODEL_SUBCLASSED', 'mine'])
  const functional = {
    layers: [{ class_name: 'InputLayer', name: 'x', config: {} }],
    input_layers: [['x', 0, 0]],
    output_layers: [['x', 0, 0]],
  }
  expect(codeOf({ class_name: 'MyModel', config: functional })).toEqual(['read'])
})

test('hard_sigmoid means something else in Keras 3, however it is written', () => {
  const written = {
    module: 'builtins',
    class_name: 'function',
    config: 'hard_sigmoid',
    registered_name: 'function',
  }
  const configOf = (keras: 2 | 3, activation: unknown) =>
    readModelNode(sequential({ class_name: 'Dense', config: { activation } }), keras).layers[0]?.config
      .activation
  expect(configOf(2, 'hard_sigmoid')).toBe('hard_sigmoid')
  expect(configOf(3, 'hard_sigmoid')).toBe('hard_sigmoid_relu6')
  expect(configOf(3, written)).toBe('hard_sigmoid_relu6')
})

test('models within models end somewhere', () => {
  let topology: object = sequential({ class_name: 'Dense', config: {} })
  for (let depth = 0; depth < 50; depth++) topology = sequential(topology)
  expect(codeOf({ ...topology })).toEqual(['MODEL_TOO_LARGE', 'nesting'])
})

test('finds the declared input in every place where one has been written', () => {
  const inputOf = (topology: Json) => declaredInput(readModelNode(topology, 2))
  const dense = (config: object) => ({ class_name: 'Dense', config })
  expect(inputOf(sequential(dense({ batch_input_shape: [32, 28, 28, 1] })))).toEqual([28, 28, 1])
  expect(inputOf(sequential(dense({ batch_shape: [null, null, null, 3] })))).toEqual([null, null, 3])
  expect(inputOf(sequential(dense({ input_shape: [784] })))).toEqual([784])
  expect(inputOf(sequential(sequential(dense({ input_shape: [784] }))))).toEqual([784])
  const layers = [dense({})]
  expect(inputOf({ class_name: 'Sequential', config: { layers, build_input_shape: [null, 4] } })).toEqual([4])
  expect(
    inputOf({ class_name: 'Sequential', config: { layers }, build_config: { input_shape: [null, 5] } }),
  ).toEqual([5])
})
