import { biasOf, convolutionSchema } from './convolution.ts'
import { axisSize, count, layerKind, only, perAxis, sizeOf, soleInput, zeros } from './layer-kind.ts'
import { unsupportedMark } from './unsupported.ts'

const transposed = (rank: 1 | 2 | 3) =>
  layerKind(
    convolutionSchema(rank).extend({
      filters: count,
      kernel_initializer: zeros,
      output_padding: only(null, 'output_padding'),
      dilation_rate: perAxis(rank, 1).transform((rates, context) => {
        if (rates.some((rate) => rate > 1)) context.addIssue(`${unsupportedMark}dilation_rate`)
        return rates
      }),
    }),
    (config, inputs) => {
      const input = soleInput(inputs, rank + 1)
      const kernel = [...config.kernel_size, config.filters, axisSize(input, -1)]
      const positions = config.kernel_size.map((size, axis) => {
        const stride = axisSize(config.strides, axis)
        return axisSize(input, axis) * stride + (config.padding === 'valid' ? Math.max(size - stride, 0) : 0)
      })
      return {
        outputs: [[...positions, config.filters]],
        weights: [{ name: 'kernel', shape: kernel }, ...biasOf(config.use_bias, config.filters)],
        macs: sizeOf(input.slice(0, -1)) * sizeOf(kernel), // each input position is spread over one kernel
      }
    },
  )

export const transposedConvolutionLayers = {
  Conv1DTranspose: transposed(1),
  Conv2DTranspose: transposed(2),
  Conv3DTranspose: transposed(3),
}
