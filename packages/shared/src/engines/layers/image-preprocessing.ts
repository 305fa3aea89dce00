import { add, div, maximum, mul, reshape, slice, sqrt, sub, type Tensor, tensor } from '@tensorflow/tfjs-core'
import { imagePreprocessingLayers, keptAxes } from '../../model/layers/image-preprocessing.ts'
import { rank4 } from './ranks.ts'
import { registerLayer, soleTensor, weightOf } from './register-layer.ts'
import { resizeImages } from './resize-images.ts'

/** What Keras calls preprocessing layers; on constants TF.js knows scalars only, and its image grids are other ones. */
export function registerImagePreprocessing(): void {
  registerLayer('Rescaling', imagePreprocessingLayers.Rescaling, ({ scale, offset }, inputs) =>
    add(mul(soleTensor(inputs), tensor(scale)), tensor(offset)),
  )

  registerLayer('Normalization', imagePreprocessingLayers.Normalization, (settings, inputs, weights) => {
    const x = soleTensor(inputs)
    const kept = keptAxes(settings.axis, x.rank)
    const spread = (values: Tensor) =>
      values.size === 1
        ? reshape(values, [])
        : reshape(
            values,
            x.shape.map((size, at) =>
              kept.includes(at) && (values.rank > 1 || at === kept.at(-1)) ? size : 1,
            ),
          )
    const given = (name: 'mean' | 'variance') => {
      const constant = settings[name]
      return spread(constant === null || constant === undefined ? weightOf(weights, name) : tensor(constant))
    }
    const deviation = maximum(sqrt(given('variance')), 1e-7)
    return settings.invert ? add(mul(x, deviation), given('mean')) : div(sub(x, given('mean')), deviation)
  })

  registerLayer('Resizing', imagePreprocessingLayers.Resizing, ({ height, width, interpolation }, inputs) =>
    resizeImages(rank4(soleTensor(inputs)), [height, width], interpolation),
  )

  registerLayer('CenterCrop', imagePreprocessingLayers.CenterCrop, ({ height, width }, inputs) => {
    const x = rank4(soleTensor(inputs))
    const [, rows, columns] = x.shape
    return slice(
      x,
      [0, Math.floor((rows - height) / 2), Math.floor((columns - width) / 2), 0],
      [-1, height, width, -1],
    )
  })
}
