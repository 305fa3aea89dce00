import { expandDims, pad, reshape, slice, type Tensor, tile } from '@tensorflow/tfjs-core'
import { reshapingLayers } from '../../model/layers/reshaping.ts'
import { rank4 } from './ranks.ts'
import { registerLayer, soleTensor } from './register-layer.ts'
import { resizeImages } from './resize-images.ts'

type Margins = readonly (readonly [before: number, after: number])[]

function padded(x: Tensor, margins: Margins): Tensor {
  return pad(x, [[0, 0], ...margins.map(([before, after]): [number, number] => [before, after]), [0, 0]])
}

function cropped(x: Tensor, margins: Margins): Tensor {
  const sizes = margins.map(([before, after], axis) => (x.shape[axis + 1] ?? 0) - before - after)
  return slice(x, [0, ...margins.map(([before]) => before), 0], [-1, ...sizes, -1])
}

/** Every value of an axis `times` times, one beside the other. */
function repeated(x: Tensor, axis: number, times: number): Tensor {
  const shape = x.shape.map((size, at) => (at === axis ? size * times : size))
  const reps = new Array<number>(x.rank + 1).fill(1).with(axis + 1, times)
  return reshape(tile(expandDims(x, axis + 1), reps), shape)
}
const enlarged = (x: Tensor, size: readonly number[]) =>
  size.reduce((tensor, times, axis) => repeated(tensor, axis + 1, times), x)

/** Padding, cropping and enlarging along one, two or three axes. */
export function registerReshaping(): void {
  // TF.js takes nothing that is flat already.
  registerLayer('Flatten', reshapingLayers.Flatten, (_settings, inputs) => {
    const x = soleTensor(inputs)
    return reshape(x, [-1, x.size / (x.shape[0] ?? 1)])
  })
  registerLayer('ZeroPadding1D', reshapingLayers.ZeroPadding1D, (s, inputs) =>
    padded(soleTensor(inputs), s.padding),
  )
  registerLayer('ZeroPadding3D', reshapingLayers.ZeroPadding3D, (s, inputs) =>
    padded(soleTensor(inputs), s.padding),
  )
  registerLayer('Cropping1D', reshapingLayers.Cropping1D, (s, inputs) =>
    cropped(soleTensor(inputs), s.cropping),
  )
  registerLayer('Cropping3D', reshapingLayers.Cropping3D, (s, inputs) =>
    cropped(soleTensor(inputs), s.cropping),
  )
  registerLayer('UpSampling1D', reshapingLayers.UpSampling1D, (s, inputs) =>
    enlarged(soleTensor(inputs), s.size),
  )
  registerLayer('UpSampling3D', reshapingLayers.UpSampling3D, (s, inputs) =>
    enlarged(soleTensor(inputs), s.size),
  )
  registerLayer('UpSampling2D', reshapingLayers.UpSampling2D, ({ size, interpolation }, inputs) => {
    const x = rank4(soleTensor(inputs))
    const [rows = 1, columns = 1] = size
    return resizeImages(x, [x.shape[1] * rows, x.shape[2] * columns], interpolation)
  })
}
