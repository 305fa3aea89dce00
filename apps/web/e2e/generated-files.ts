/** A file that a test makes and gives to a file input. */
export type FilePayload = { name: string; mimeType: string; buffer: Buffer }

const imageBytes = 32 * 32 * 3
const classCount = 10

/**
 * A file in the layout of CIFAR-10's binary batches (label byte, then the red, green and blue planes): `perClass` images of each
 * class, every one dark but for a bright patch of pixels whose index is the class, and a few bits that make it unlike the others.
 */
export function cifarFile(name: string, perClass: number): FilePayload {
  const count = perClass * classCount
  const bytes = Buffer.alloc(count * (1 + imageBytes))
  for (let image = 0; image < count; image++) {
    const label = image % classCount
    const start = image * (1 + imageBytes)
    bytes[start] = label
    bytes[start + 1 + label] = 255
    bytes.writeUInt16LE(image, start + 1 + 1000)
  }
  return { name, mimeType: 'application/octet-stream', buffer: bytes }
}

/**
 * A TF.js Layers model on those images: flatten, then one dense softmax layer that looks at the bright red pixel of each class
 * (index class × 3 of the flattened HWC input). The first `knownClasses` classes are recognised, of the others none.
 */
export function linearModel(knownClasses: number): FilePayload[] {
  const kernel = new Float32Array(imageBytes * classCount)
  for (let label = 0; label < knownClasses; label++) kernel[label * 3 * classCount + label] = 20
  const bias = new Float32Array(classCount)
  // An image of an unknown class goes to class 0 by its bias.
  bias[0] = 1
  const weights = Buffer.concat([Buffer.from(kernel.buffer), Buffer.from(bias.buffer)])
  const json = {
    format: 'layers-model',
    modelTopology: {
      class_name: 'Sequential',
      config: {
        name: 'linear',
        layers: [
          {
            class_name: 'Flatten',
            config: {
              name: 'flatten',
              trainable: true,
              batch_input_shape: [null, 32, 32, 3],
              dtype: 'float32',
            },
          },
          {
            class_name: 'Dense',
            config: {
              name: 'dense',
              trainable: true,
              units: classCount,
              activation: 'softmax',
              use_bias: true,
            },
          },
        ],
      },
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: [
          { name: 'dense/kernel', shape: [imageBytes, classCount], dtype: 'float32' },
          { name: 'dense/bias', shape: [classCount], dtype: 'float32' },
        ],
      },
    ],
  }
  return [
    { name: 'model.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(json)) },
    { name: 'weights.bin', mimeType: 'application/octet-stream', buffer: weights },
  ]
}
