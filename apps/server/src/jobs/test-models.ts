/** Tiny TensorFlow.js models and datasets for tests, made so that scores can be told by hand. */

import { floats, node, onnxFile, value } from '@taikai/shared/model/onnx/onnx-fixtures'

type Layer = { class_name: string; config: Record<string, unknown> }
/** As exporters write them; readers have no use for them. */
const initializers = {
  kernel_initializer: { class_name: 'VarianceScaling', config: {} },
  bias_initializer: { class_name: 'Zeros', config: {} },
}
type Weight = { name: string; shape: number[]; values: Float32Array }
export type TestFile = { name: string; bytes: Uint8Array<ArrayBuffer> }

function layersModel(layers: Layer[], weights: Weight[]): TestFile[] {
  const json = {
    format: 'layers-model',
    modelTopology: { class_name: 'Sequential', config: { name: 'sequential', layers } },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
  }
  const floats = new Float32Array(weights.flatMap(({ values }) => [...values]))
  return [
    { name: 'model.json', bytes: new TextEncoder().encode(JSON.stringify(json)) },
    { name: 'weights.bin', bytes: new Uint8Array(floats.buffer) },
  ]
}

export const brightPixel = { height: 2, width: 2, channels: 1, classNames: ['a', 'b', 'c'] }

/** Images [count, 2, 2, 1] of three classes in turn, all black but the pixel whose index is the class. */
export function brightPixelImages(count: number): { images: Uint8Array; labels: Uint8Array } {
  const images = new Uint8Array(count * 4)
  const labels = Uint8Array.from({ length: count }, (_, image) => image % 3)
  for (const [image, label] of labels.entries()) images[image * 4 + label] = 255
  return { images, labels }
}

/**
 * A linear softmax model on those images (15 parameters, declared for input 0..1). It is right about classes 0 and 1, and
 * takes class 2 for class 0: two thirds right where the classes are equally many.
 */
export function brightPixelModel(): TestFile[] {
  const kernel = new Float32Array(4 * 3)
  kernel[0 * 3 + 0] = 5
  kernel[1 * 3 + 1] = 5
  kernel[2 * 3 + 0] = 5
  return denseModel([2, 2, 1], kernel, 'softmax')
}

/** One dense layer over all pixels of an image [height, width, channels]; `kernel`: [pixels, classes] packed. Its bias is 0. */
export function denseModel(
  shape: readonly [number, number, number],
  kernel: Float32Array,
  activation: 'softmax' | 'linear' | 'sigmoid',
): TestFile[] {
  const pixels = shape[0] * shape[1] * shape[2]
  const units = kernel.length / pixels
  return layersModel(
    [
      {
        class_name: 'Flatten',
        config: { name: 'flatten', batch_input_shape: [null, ...shape], dtype: 'float32' },
      },
      {
        class_name: 'Dense',
        config: { name: 'dense', units, activation, use_bias: true, ...initializers },
      },
    ],
    [
      { name: 'dense/kernel', shape: [pixels, units], values: kernel },
      { name: 'dense/bias', shape: [units], values: new Float32Array(units) },
    ],
  )
}

/** The same with a Masking layer, which has no translation to ONNX; no image is all of its mask value. */
export function maskedModel(): TestFile[] {
  const [json, weights] = brightPixelModel()
  if (json === undefined || weights === undefined) throw new Error('the model has two files')
  const masking = JSON.stringify({ class_name: 'Masking', config: { name: 'mask', mask_value: -1 } })
  const dense = '{"class_name":"Dense"'
  const masked = new TextDecoder().decode(json.bytes).replace(dense, `${masking},${dense}`)
  return [{ name: json.name, bytes: new TextEncoder().encode(masked) }, weights]
}

/** The same as an ONNX model with logits. */
export function brightPixelOnnx(): TestFile[] {
  const kernel = new Array<number>(12).fill(0)
  kernel[0] = 5
  kernel[4] = 5
  kernel[6] = 5
  return [
    onnxFile({
      nodes: [node('Flatten', ['x'], ['flat']), node('MatMul', ['flat', 'kernel'], ['y'])],
      initializers: [floats('kernel', [4, 3], kernel)],
      inputs: [value('x', ['n', 1, 2, 2])],
      outputs: [value('y', ['n', 3])],
    }),
  ]
}

/** The same, but its weights overflow: its outputs are not finite, which only the run can find out. */
export function overflowingModel(): TestFile[] {
  const [json, weights] = brightPixelModel()
  if (json === undefined || weights === undefined) throw new Error('the model has two files')
  const floats = new Float32Array(weights.bytes.buffer).fill(3e38)
  return [json, { name: weights.name, bytes: new Uint8Array(floats.buffer) }]
}

/** Takes milliseconds for each image [32, 32, 3] of three classes, so that something can happen while it runs. */
export function slowModel(): TestFile[] {
  const filters = 64
  const conv = (name: string, first: boolean): Layer => ({
    class_name: 'Conv2D',
    config: {
      name,
      filters,
      kernel_size: [3, 3],
      padding: 'same',
      activation: 'relu',
      ...initializers,
      ...(first ? { batch_input_shape: [null, 32, 32, 3], dtype: 'float32' } : {}),
    },
  })
  const fill = (length: number) => Float32Array.from({ length }, (_, index) => ((index % 7) - 3) / 100)
  return layersModel(
    [
      conv('conv1', true),
      conv('conv2', false),
      conv('conv3', false),
      { class_name: 'GlobalAveragePooling2D', config: { name: 'pool' } },
      { class_name: 'Dense', config: { name: 'dense', units: 3, activation: 'softmax', ...initializers } },
    ],
    [
      { name: 'conv1/kernel', shape: [3, 3, 3, filters], values: fill(27 * filters) },
      { name: 'conv1/bias', shape: [filters], values: fill(filters) },
      { name: 'conv2/kernel', shape: [3, 3, filters, filters], values: fill(9 * filters * filters) },
      { name: 'conv2/bias', shape: [filters], values: fill(filters) },
      { name: 'conv3/kernel', shape: [3, 3, filters, filters], values: fill(9 * filters * filters) },
      { name: 'conv3/bias', shape: [filters], values: fill(filters) },
      { name: 'dense/kernel', shape: [filters, 3], values: fill(filters * 3) },
      { name: 'dense/bias', shape: [3], values: new Float32Array(3) },
    ],
  )
}
