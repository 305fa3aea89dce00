import type { ModelFile } from '@taikai/shared/model/model-file'
import { writeOnnx } from '@taikai/shared/model/onnx/write-onnx'

/** A model so small that its outputs are worked out by hand: two pixels a and b give a + 2b + 0.5 and 3a + 4b − 1. */
export const goldenPixels = Uint8Array.of(1, 2, 10, 20)
export const goldenOutputs = [5.5, 10, 50.5, 109]

const kernel = new Uint8Array(Float32Array.of(1, 3, 2, 4).buffer)
const bias = new Uint8Array(Float32Array.of(0.5, -1).buffer)

export const goldenLayers: readonly ModelFile[] = [
  {
    name: 'model.json',
    bytes: Buffer.from(
      JSON.stringify({
        modelTopology: {
          class_name: 'Sequential',
          config: {
            layers: [{ class_name: 'Dense', config: { name: 'd', units: 2, batch_input_shape: [null, 2] } }],
          },
        },
        weightsManifest: [
          {
            paths: ['weights.bin'],
            weights: [
              { name: 'd/kernel', shape: [2, 2], dtype: 'float32' },
              { name: 'd/bias', shape: [2], dtype: 'float32' },
            ],
          },
        ],
      }),
    ),
  },
  { name: 'weights.bin', bytes: Buffer.concat([kernel, bias]) },
]

const float32 = 1
export const goldenOnnx: readonly ModelFile[] = [
  {
    name: 'model.onnx',
    bytes: writeOnnx({
      irVersion: 8,
      opsets: [{ domain: '', version: 13 }],
      functions: [],
      graph: {
        name: 'golden',
        nodes: [
          {
            name: 'd',
            domain: '',
            opType: 'Gemm',
            overload: '',
            inputs: ['x', 'kernel', 'bias'],
            outputs: ['y'],
            attributes: [],
          },
        ],
        initializers: [
          { name: 'kernel', type: float32, shape: [2, 2], data: kernel },
          { name: 'bias', type: float32, shape: [2], data: bias },
        ],
        inputs: [{ name: 'x', type: float32, shape: ['batch', 2] }],
        outputs: [{ name: 'y', type: float32, shape: ['batch', 2] }],
        values: [],
      },
    }),
  },
]
