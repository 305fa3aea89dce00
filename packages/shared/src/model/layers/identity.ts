import { z } from 'zod'
import { axisSize, count, LayerFault, type LayerKind, layerKind, soleInput } from './layer-kind.ts'

/** What the engine builds for a layer that passes its input on. */
const linear = { className: 'Activation', config: { activation: 'linear' } } as const

const identity = layerKind(z.object({}), (_config, inputs) => ({
  outputs: [soleInput(inputs)],
  weights: [],
  macs: 0,
  passesOn: true,
  engine: linear,
}))

/** Crops at random while it trains and otherwise scales and crops: only of one size with its input does it pass it on. */
const randomCrop = layerKind(z.object({ height: count, width: count }), ({ height, width }, inputs) => {
  const input = soleInput(inputs, 3)
  if (axisSize(input, 0) !== height || axisSize(input, 1) !== width)
    throw new LayerFault('crops to another size than its input has')
  return { outputs: [input], weights: [], macs: 0, passesOn: true, engine: linear }
})

/** Layers that do something while a model trains and nothing when it predicts. */
const trainingOnly = [
  'Identity',
  'Dropout',
  'SpatialDropout1D',
  'SpatialDropout2D',
  'SpatialDropout3D',
  'AlphaDropout',
  'GaussianDropout',
  'GaussianNoise',
  'ActivityRegularization',
  'RandomFlip',
  'RandomRotation',
  'RandomZoom',
  'RandomTranslation',
  'RandomShear',
  'RandomPerspective',
  'RandomElasticTransform',
  'RandomHeight',
  'RandomWidth',
  'RandomContrast',
  'RandomBrightness',
  'RandomHue',
  'RandomSaturation',
  'RandomSharpness',
  'RandomColorDegeneration',
  'RandomColorJitter',
  'RandomGrayscale',
  'RandomInvert',
  'RandomPosterization',
  'RandomGaussianBlur',
  'RandomErasing',
  'RandAugment',
  'AugMix',
  'MixUp',
  'CutMix',
] as const

export const identityLayers: Readonly<Record<string, LayerKind>> = {
  ...Object.fromEntries(trainingOnly.map((name) => [name, identity])),
  RandomCrop: randomCrop,
}
