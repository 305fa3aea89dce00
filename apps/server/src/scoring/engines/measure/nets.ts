import type { LayerJson } from '../onnx-layers/test-models.ts'

/** Nets on CIFAR-10's images, as Keras layers. */
export type Net = { name: string; layers: LayerJson[] }

const layer = (class_name: string, config: LayerJson['config'] = {}): LayerJson => ({ class_name, config })
const conv = (filters: number, config: LayerJson['config'] = {}) =>
  layer('Conv2D', { filters, kernel_size: 3, padding: 'same', ...config })
const relu = { activation: 'relu' }

/** keras/examples/cifar10_cnn.py. */
const exampleCnn: Net = {
  name: 'Keras example CNN',
  layers: [
    conv(32, relu),
    conv(32, { ...relu, padding: 'valid' }),
    layer('MaxPooling2D'),
    layer('Dropout'),
    conv(64, relu),
    conv(64, { ...relu, padding: 'valid' }),
    layer('MaxPooling2D'),
    layer('Dropout'),
    layer('Flatten'),
    layer('Dense', { units: 512, ...relu }),
    layer('Dropout'),
    layer('Dense', { units: 10, activation: 'softmax' }),
  ],
}

/** He et al. 2015, section 4.2, with n = 3; a 1×1 convolution where a block has other channels than its input. */
function resNet20(): Net {
  const layers: LayerJson[] = []
  let last = 'x'
  const add = (one: LayerJson, from = last, others: string[] = []) => {
    const name = `l${layers.length}`
    layers.push({ ...one, config: { ...one.config, name }, inputs: [from, ...others] })
    last = name
    return name
  }
  const normalized = (one: LayerJson, from = last) => {
    add(one, from)
    return add(layer('BatchNormalization'))
  }
  normalized(conv(16))
  let shortcut = add(layer('Activation', relu))
  for (const [stage, filters] of [16, 32, 64].entries())
    for (let block = 0; block < 3; block++) {
      const strides = stage > 0 && block === 0 ? 2 : 1
      normalized(conv(filters, { strides }), shortcut)
      add(layer('Activation', relu))
      const residual = normalized(conv(filters))
      const direct =
        strides === 1 ? shortcut : normalized(conv(filters, { kernel_size: 1, strides }), shortcut)
      add(layer('Add'), residual, [direct])
      shortcut = add(layer('Activation', relu))
    }
  add(layer('GlobalAveragePooling2D'))
  add(layer('Dense', { units: 10, activation: 'softmax' }))
  return { name: 'ResNet-20', layers }
}

/** Convolutions of Simonyan and Zisserman 2014 with batch normalisation, cut to 32×32 images. */
const vggBn: Net = {
  name: 'VGG-BN',
  layers: [
    ...[
      [64, 64],
      [128, 128],
      [256, 256],
    ].flatMap((stage) => [
      ...stage.flatMap((filters) => [conv(filters), layer('BatchNormalization'), layer('Activation', relu)]),
      layer('MaxPooling2D'),
    ]),
    layer('Flatten'),
    layer('Dense', { units: 512, ...relu }),
    layer('Dense', { units: 10, activation: 'softmax' }),
  ],
}

export const nets: readonly Net[] = [exampleCnn, resNet20(), vggBn]
