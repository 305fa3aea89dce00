import type { Binding } from '../bind-weights.ts'

const convolutions = new Set(['Conv1D', 'Conv2D', 'Conv3D', 'Conv2DTranspose'])

/**
 * Kernels of a model that was saved with Theano, whose convolutions run over the kernel from its end (Keras 2,
 * `conv_utils.convert_kernel`): all spatial axes are turned round. Kernels are `[...spatial, from, to]`.
 */
export function flipKernels(binding: Binding): Binding {
  return new Map(
    [...binding].map(([layer, stored]) => [
      layer,
      !convolutions.has(layer.className)
        ? stored
        : stored.map((one) =>
            one.shape.length < 3
              ? one
              : {
                  ...one,
                  read: () => reversedBlocks(one.read(), (one.shape.at(-2) ?? 1) * (one.shape.at(-1) ?? 1)),
                },
          ),
    ]),
  )
}

/** Turning all spatial axes round is turning the row of blocks `[from, to]` round. */
function reversedBlocks(values: Float32Array, block: number): Float32Array {
  const out = new Float32Array(values.length)
  for (let at = 0; at < values.length; at += block)
    out.set(values.subarray(at, at + block), values.length - at - block)
  return out
}
