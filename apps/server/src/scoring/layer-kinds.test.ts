import '@tensorflow/tfjs-backend-cpu'
import { layerKinds } from '@taikai/shared/model/layers/registry'
import { layer } from '@taikai/shared/model/model-fixtures'
import { setBackend } from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'
import { beforeAll, expect, it } from 'vitest'

/** Inspection's shapes against those of TF.js itself, which builds each layer here from the same configuration. */
const cases: [className: string, config: Record<string, unknown>, input: number[]][] = [
  ['Dense', { units: 3 }, [4, 5]],
  ['Dense', { units: 3, use_bias: false, activation: 'hardSigmoid' }, [5]],
  ['PReLU', { shared_axes: [1, 2] }, [4, 4, 2]],
  ['Softmax', {}, [4, 3]],
  ['LeakyReLU', {}, [3]],
  ['Rescaling', { scale: 0.5 }, [3]],
  ['Masking', {}, [4, 3]],
  ['Flatten', {}, [4, 3, 2]],
  ['Reshape', { target_shape: [-1, 2] }, [4, 3]],
  ['Permute', { dims: [3, 1, 2] }, [4, 3, 2]],
  ['RepeatVector', { n: 4 }, [3]],
  [
    'ZeroPadding2D',
    {
      padding: [
        [1, 2],
        [3, 4],
      ],
    },
    [4, 4, 2],
  ],
  [
    'Cropping2D',
    {
      cropping: [
        [1, 0],
        [0, 2],
      ],
    },
    [4, 4, 2],
  ],
  ['UpSampling2D', { size: [2, 3] }, [4, 4, 2]],
  ['Conv1D', { filters: 2, kernel_size: 3, padding: 'same' }, [9, 2]],
  ['Conv2D', { filters: 5, kernel_size: [3, 2], strides: 2 }, [9, 8, 2]],
  ['Conv2D', { filters: 5, kernel_size: 3, dilation_rate: 2, padding: 'same' }, [9, 8, 2]],
  ['Conv3D', { filters: 2, kernel_size: 2 }, [4, 4, 4, 1]],
  ['Conv2DTranspose', { filters: 5, kernel_size: 3, strides: 2 }, [4, 5, 2]],
  ['Conv2DTranspose', { filters: 5, kernel_size: 3, strides: 2, padding: 'same' }, [4, 5, 2]],
  ['Conv3DTranspose', { filters: 2, kernel_size: 2, strides: 2 }, [2, 3, 4, 1]],
  ['DepthwiseConv2D', { kernel_size: 3, depth_multiplier: 2 }, [6, 6, 3]],
  ['SeparableConv2D', { filters: 4, kernel_size: 3, depth_multiplier: 2, padding: 'same' }, [6, 6, 3]],
  ['MaxPooling1D', { pool_size: 3 }, [10, 2]],
  ['MaxPooling2D', { pool_size: 3, strides: [2, 2], padding: 'same' }, [9, 9, 2]],
  ['AveragePooling2D', {}, [9, 9, 2]],
  ['AveragePooling3D', {}, [4, 4, 4, 2]],
  ['GlobalMaxPooling1D', {}, [9, 2]],
  ['GlobalAveragePooling2D', {}, [9, 9, 2]],
  ['BatchNormalization', { axis: 3, scale: false }, [4, 4, 2]],
  ['LayerNormalization', { axis: -1 }, [4, 6]],
  ['SimpleRNN', { units: 3 }, [7, 2]],
  ['GRU', { units: 3, return_sequences: true }, [7, 2]],
  ['LSTM', { units: 3 }, [7, 2]],
  ['TimeDistributed', { layer: layer('Dense', { name: 'x', units: 3 }) }, [7, 2]],
  ['Bidirectional', { layer: layer('LSTM', { name: 'x', units: 3 }), merge_mode: 'concat' }, [7, 2]],
  [
    'Bidirectional',
    { layer: layer('GRU', { name: 'x', units: 3, return_sequences: true }), merge_mode: 'sum' },
    [7, 2],
  ],
]

beforeAll(async () => {
  await setBackend('cpu')
})

it.each(cases)('%s %j on %j', async (className, config, input) => {
  const described = layerKinds.get(className)?.({ name: 'x', ...config }, [input])
  if (described === undefined) throw new Error('unknown class')
  const clean = { ...described.config, name: 'x' }
  const layers = [
    layer('InputLayer', { name: 'i', batch_input_shape: [null, ...input], dtype: 'float32' }),
    layer(className, clean),
  ]
  const modelTopology = { class_name: 'Sequential', config: { name: 'm', layers } }
  const model = await loadLayersModel({ load: async () => ({ modelTopology }) })
  const built = model.getLayer('x')
  expect(built.outputShape).toEqual([null, ...(described.outputs[0] ?? [])])
  expect(built.getWeights().map(({ shape }) => shape)).toEqual(described.weights.map(({ shape }) => shape))
})
