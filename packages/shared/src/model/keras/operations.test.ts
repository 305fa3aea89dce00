import { expect, test } from 'vitest'
import { TaikaiError } from '../../errors.ts'
import { readOperation } from './operations.ts'

const x = { layer: 'x', node: 0, tensor: 0 }
const y = { layer: 'y', node: 0, tensor: 0 }
const kerasTensor = (name: string) => ({
  class_name: '__keras_tensor__',
  config: { shape: [null, 32, 32, 3], dtype: 'float32', keras_history: [name, 0, 0] },
})
const keras3 = (class_name: string, ...args: unknown[]) => ({
  class_name,
  module: 'keras.src.ops.numpy',
  config: { name: 'operation' },
  inbound_nodes: [{ args, kwargs: {} }],
})
const tfOperation = (name: string, call: unknown) => ({
  class_name: 'TFOpLambda',
  config: { name: 'tf.operation', trainable: true, dtype: 'float32', function: name },
  inbound_nodes: [call],
})
const rescaling = (scale: number[], offset: number[]) => ({
  className: 'Rescaling',
  config: { scale, offset },
  call: [x],
})
const refusal = (raw: Parameters<typeof readOperation>[0]) => {
  try {
    return readOperation(raw, 'operation')
  } catch (error) {
    if (error instanceof TaikaiError) return [error.code, error.params]
    throw error
  }
}
const image = kerasTensor('x')

test.each([
  ['x * 2', keras3('Multiply', image, 2), rescaling([2], [0])],
  ['2 * x', keras3('Multiply', 2, image), rescaling([2], [0])],
  ['x / 4.', keras3('TrueDivide', image, 4), rescaling([0.25], [0])],
  ['x + 1', keras3('Add', image, 1), rescaling([1], [1])],
  ['x - 1', keras3('Subtract', image, 1), rescaling([1], [-1])],
  ['1 - x', keras3('Subtract', 1, image), rescaling([-1], [1])],
  ['-x', keras3('Negative', image), rescaling([-1], [0])],
  [
    'x - means',
    keras3('Subtract', image, {
      class_name: '__numpy__',
      config: { value: [[[1, 2, 3]]], dtype: 'float32' },
    }),
    rescaling([1], [-1, -2, -3]),
  ],
  ['x + y', keras3('Add', image, kerasTensor('y')), { className: 'Add', config: {}, call: [x, y] }],
])('Keras 3: %s', (_expression, raw, layer) => {
  expect(readOperation(raw, 'operation')).toEqual(layer)
})

test.each([
  [
    'x / 127.5',
    tfOperation('math.truediv', ['x', 0, 0, { y: 127.5, name: null }]),
    rescaling([1 / 127.5], [0]),
  ],
  ['x - 1', tfOperation('math.subtract', [['x', 0, 0, { y: 1, name: null }]]), rescaling([1], [-1])],
  [
    '1 - x',
    tfOperation('math.subtract', ['_CONSTANT_VALUE', -1, 1, { y: ['x', 0, 0], name: null }]),
    rescaling([-1], [1]),
  ],
  [
    'x + y',
    tfOperation('__operators__.add', [['x', 0, 0, { y: ['y', 0, 0], name: null }]]),
    { className: 'Add', config: {}, call: [x, y] },
  ],
])('TensorFlow: %s', (_expression, raw, layer) => {
  expect(readOperation(raw, 'operation')).toEqual(layer)
})

test('functions of one tensor are activations', () => {
  const relu = { className: 'Activation', config: { activation: 'relu' }, call: [x] }
  expect(readOperation(tfOperation('nn.relu', ['x', 0, 0, { name: null }]), 'operation')).toEqual(relu)
  expect(readOperation(keras3('Relu', image), 'operation')).toEqual(relu)
  const softmax = { ...relu, config: { activation: 'softmax' } }
  expect(readOperation(tfOperation('nn.softmax', [['x', 0, 0, { axis: -1 }]]), 'operation')).toEqual(softmax)
  expect(refusal(tfOperation('nn.softmax', [['x', 0, 0, { axis: 1 }]]))).toEqual([
    'LAYER_UNSUPPORTED',
    { layer: 'tf.nn.softmax', name: 'operation' },
  ])
  expect(refusal({ ...keras3('Softmax', image), config: { axis: 1 } })).toEqual([
    'LAYER_UNSUPPORTED',
    { layer: 'Softmax', name: 'operation' },
  ])
})

test('what has no layer is refused by its name', () => {
  const refused = (layer: string) => ['LAYER_UNSUPPORTED', { layer, name: 'operation' }]
  expect(refusal(tfOperation('nn.bias_add', ['x', 0, 0, { bias: [1, 2, 3] }]))).toEqual(
    refused('tf.nn.bias_add'),
  )
  expect(refusal(keras3('TrueDivide', 1, image))).toEqual(refused('TrueDivide'))
  expect(refusal(keras3('Divide', image, kerasTensor('y')))).toEqual(refused('Divide'))
  // One number per row, not per channel.
  expect(refusal(keras3('Add', image, [[1], [2], [3]]))).toEqual(refused('Add'))
  expect(refusal(keras3('Add', image, 'ten'))).toEqual(refused('Add'))
})

test('a layer of the same name is no operator', () => {
  expect(readOperation({ class_name: 'Add', module: 'keras.layers', config: {} }, 'add')).toBeNull()
  expect(readOperation({ class_name: 'Add', config: {} }, 'add')).toBeNull()
})
