import { crc32, deflateSync } from 'node:zlib'
import { formatNpz } from '@taikai/shared/npz'
import { zipSync } from 'fflate'

/** A file that a test makes and gives to a file input. */
export type FilePayload = { name: string; mimeType: string; buffer: Buffer }

const imageSize = 32
const channels = 3
const imageBytes = imageSize * imageSize * channels
const classCount = 10

/**
 * A file in the layout of CIFAR-10's binary batches (label byte, then the red, green and blue planes): `perClass` images of each
 * class, every one dark but for a bright patch of pixels whose index is the class, and a number, from `firstNumber` on, that makes
 * it unlike the others.
 */
export function cifarFile(name: string, perClass: number, firstNumber = 0): FilePayload {
  const count = perClass * classCount
  const bytes = Buffer.alloc(count * (1 + imageBytes))
  for (let image = 0; image < count; image++) {
    const label = image % classCount
    const start = image * (1 + imageBytes)
    bytes[start] = label
    bytes[start + 1 + label] = 255
    bytes.writeUInt16LE(firstNumber + image, start + 1 + 1000)
  }
  return { name, mimeType: 'application/octet-stream', buffer: bytes }
}

type Layer = { class_name: string; config: Record<string, unknown> }
type Weight = { name: string; shape: number[]; values: Float32Array }

/** `model.json` and `weights.bin` of a TF.js Layers model on [32, 32, 3]. */
function layersModel(layers: readonly Layer[], weights: readonly Weight[]): FilePayload[] {
  const [first, ...others] = layers
  if (first === undefined) throw new Error('A model has a layer')
  const input = { batch_input_shape: [null, imageSize, imageSize, channels], dtype: 'float32' }
  const topology = {
    class_name: 'Sequential',
    config: { name: 'model', layers: [{ ...first, config: { ...first.config, ...input } }, ...others] },
  }
  return modelFiles(topology, weights)
}

function modelFiles(modelTopology: object, weights: readonly Weight[]): FilePayload[] {
  const json = {
    format: 'layers-model',
    modelTopology,
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
  }
  const bytes = weights.map(({ values }) => Buffer.from(values.buffer))
  return [
    { name: 'model.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(json)) },
    { name: 'weights.bin', mimeType: 'application/octet-stream', buffer: Buffer.concat(bytes) },
  ]
}

const dense = {
  class_name: 'Dense',
  config: { name: 'dense', units: classCount, activation: 'softmax', use_bias: true },
}

/**
 * A model on those images: flatten, then one dense softmax layer that looks at the bright red pixel of each class
 * (index class × 3 of the flattened HWC input). The first `knownClasses` classes are recognised, of the others none.
 */
export function linearModel(knownClasses: number): FilePayload[] {
  const kernel = new Float32Array(imageBytes * classCount)
  for (let label = 0; label < knownClasses; label++) kernel[label * 3 * classCount + label] = 20
  const bias = new Float32Array(classCount)
  // An image of an unknown class goes to class 0 by its bias.
  bias[0] = 1
  return layersModel(
    [{ class_name: 'Flatten', config: { name: 'flatten' } }, dense],
    [
      { name: 'dense/kernel', shape: [imageBytes, classCount], values: kernel },
      { name: 'dense/bias', shape: [classCount], values: bias },
    ],
  )
}

/** The same, knowing all classes, of a student who did not scale the images: on 0..1 every image looks like class 0. */
export function rawModel(): FilePayload[] {
  const kernel = new Float32Array(imageBytes * classCount)
  for (let label = 0; label < classCount; label++) kernel[label * 3 * classCount + label] = 0.1
  const bias = new Float32Array(classCount)
  bias[0] = 10
  return layersModel(
    [{ class_name: 'Flatten', config: { name: 'flatten' } }, dense],
    [
      { name: 'dense/kernel', shape: [imageBytes, classCount], values: kernel },
      { name: 'dense/bias', shape: [classCount], values: bias },
    ],
  )
}

/**
 * A model that recognises class 0, and of the other classes only the images of the file's first or last half (of 100). The two
 * halves share no image: which of them has more public images right has fewer private ones right.
 */
export function halfModel(half: 'first' | 'last'): FilePayload[] {
  const kernel = new Float32Array(imageBytes * classCount)
  const bias = new Float32Array(classCount)
  // The image's number stands in the red of pixel 1000, here as a share of 255.
  const slope = half === 'first' ? -20 : 20
  for (let label = 0; label < classCount; label++) {
    kernel[label * 3 * classCount + label] = 20
    if (label > 0) kernel[1000 * 3 * classCount + label] = slope
  }
  bias[0] = 20 + (slope * 49.5) / 255
  return layersModel(
    [{ class_name: 'Flatten', config: { name: 'flatten' } }, dense],
    [
      { name: 'dense/kernel', shape: [imageBytes, classCount], values: kernel },
      { name: 'dense/bias', shape: [classCount], values: bias },
    ],
  )
}

/** A model whose outputs overflow: it is read without objection, and refused when it meets the first images. */
export function overflowingModel(): FilePayload[] {
  const huge = 3e38
  const kernel = new Float32Array(imageBytes * classCount).fill(huge)
  const linear = { ...dense, config: { ...dense.config, activation: 'linear' } }
  return layersModel(
    [{ class_name: 'Flatten', config: { name: 'flatten' } }, linear],
    [
      { name: 'dense/kernel', shape: [imageBytes, classCount], values: kernel },
      { name: 'dense/bias', shape: [classCount], values: new Float32Array(classCount).fill(huge) },
    ],
  )
}

/** A model of many multiplications (about 40 million for an image), so that its progress can be watched. It knows class 0 only. */
export function slowModel(): FilePayload[] {
  const filters = 64
  const convolution = (name: string): Layer => ({
    class_name: 'Conv2D',
    config: { name, filters, kernel_size: [3, 3], strides: [1, 1], padding: 'same', activation: 'relu' },
  })
  return layersModel(
    [
      convolution('first'),
      convolution('second'),
      { class_name: 'GlobalAveragePooling2D', config: { name: 'pool' } },
      dense,
    ],
    [
      zeros('first/kernel', 3, 3, channels, filters),
      zeros('first/bias', filters),
      zeros('second/kernel', 3, 3, filters, filters),
      zeros('second/bias', filters),
      zeros('dense/kernel', filters, classCount),
      zeros('dense/bias', classCount),
    ],
  )
}

/** A small net with an addition around a layer, as in a ResNet. The addition has the given name. It knows nothing. */
export function residualModel(additionName: string): FilePayload[] {
  const filters = 8
  const input = { batch_input_shape: [null, imageSize, imageSize, channels], dtype: 'float32' }
  const convolution = (name: string) => ({
    class_name: 'Conv2D',
    config: { name, filters, kernel_size: [3, 3], padding: 'same', activation: 'relu' },
  })
  const layers: [Layer, string[]][] = [
    [{ class_name: 'InputLayer', config: { name: 'image', ...input } }, []],
    [convolution('stem'), ['image']],
    [convolution('branch'), ['stem']],
    [{ class_name: 'Add', config: { name: additionName } }, ['branch', 'stem']],
    [{ class_name: 'GlobalAveragePooling2D', config: { name: 'pool' } }, [additionName]],
    [dense, ['pool']],
  ]
  const topology = {
    class_name: 'Model',
    config: {
      name: 'model',
      layers: layers.map(([layer, from]) => ({
        ...layer,
        name: layer.config.name,
        inbound_nodes: from.length === 0 ? [] : [from.map((one) => [one, 0, 0, {}])],
      })),
      input_layers: [['image', 0, 0]],
      output_layers: [['dense', 0, 0]],
    },
  }
  return modelFiles(topology, [
    zeros('stem/kernel', 3, 3, channels, filters),
    zeros('stem/bias', filters),
    zeros('branch/kernel', 3, 3, filters, filters),
    zeros('branch/bias', filters),
    zeros('dense/kernel', filters, classCount),
    zeros('dense/bias', classCount),
  ])
}

const zeros = (name: string, ...shape: number[]): Weight => ({
  name,
  shape,
  values: new Float32Array(shape.reduce((product, size) => product * size, 1)),
})

/** A zip of class folders: `perClass` PNG images of 8×8 pixels in each, every one of another colour. */
export function imageFolderZip(classNames: readonly string[], perClass: number): FilePayload {
  const files = classNames.flatMap((className, label) =>
    Array.from({ length: perClass }, (_, index) => {
      const colour = [label * 80, index * 10, 200]
      return [`photos/${className}/${index}.png`, plainPng(colour)] as const
    }),
  )
  const buffer = Buffer.from(zipSync(Object.fromEntries(files)))
  return { name: 'photos.zip', mimeType: 'application/zip', buffer }
}

/** An `.npz` as Keras' datasets are saved: `count` grey test images of 4×4 pixels in two classes, and as many for training. */
export function npzFile(count: number): FilePayload {
  const labels = { descr: '|u1', shape: [count], data: Uint8Array.from({ length: count }, (_, at) => at % 2) }
  const images = (from: number) => ({
    descr: '|u1',
    shape: [count, 4, 4],
    data: Uint8Array.from({ length: count * 16 }, (_, at) => from + Math.floor(at / 16)),
  })
  const arrays = { x_test: images(0), y_test: labels, x_train: images(100), y_train: labels }
  return { name: 'data.npz', mimeType: 'application/octet-stream', buffer: Buffer.from(formatNpz(arrays)) }
}

function plainPng(colour: readonly number[]): Buffer {
  const side = 8
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 2], 8) // eight bits a channel, RGB
  const line = [0, ...Array.from({ length: side }, () => colour).flat()]
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.from(Array.from({ length: side }, () => line).flat()))),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
