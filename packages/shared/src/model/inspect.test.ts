import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { TaikaiError } from '../errors.ts'
import { inspectModel } from './inspect.ts'
import type { ImageSpec, ModelFile } from './model-file.ts'
import { denseModel, layer, modelFiles, modelJson, sequential } from './model-fixtures.ts'

const spec: ImageSpec = { imageShape: [4, 4, 3], classCount: 10 }

async function refusal(files: readonly ModelFile[], images = spec): Promise<TaikaiError> {
  try {
    await inspectModel(files, images)
  } catch (error) {
    if (error instanceof TaikaiError) return error
    throw error
  }
  throw new Error('the model was not refused')
}
const file = (name: string, ...bytes: number[]): ModelFile => ({ name, bytes: Uint8Array.from(bytes) })

describe('a small convolutional network', () => {
  const topology = sequential(
    [4, 4, 3],
    layer('Conv2D', { name: 'c', filters: 2, kernel_size: [3, 3], padding: 'same', activation: 'relu' }),
    layer('MaxPooling2D', { name: 'p' }),
    layer('BatchNormalization', { name: 'b' }),
    layer('Flatten', { name: 'f' }),
    layer('Dense', { name: 'd', units: 10, activation: 'softmax' }),
  )
  const weights = [
    { name: 'c/kernel', shape: [3, 3, 3, 2] },
    { name: 'c/bias', shape: [2] },
    { name: 'b/gamma', shape: [2] },
    { name: 'b/beta', shape: [2] },
    { name: 'b/moving_mean', shape: [2] },
    { name: 'b/moving_variance', shape: [2] },
    { name: 'd/kernel', shape: [8, 10] },
    { name: 'd/bias', shape: [10] },
  ]

  it('counts parameters and multiply-accumulates', async () => {
    const { inspection } = await inspectModel(modelFiles(topology, weights), spec)
    // 3·3·3·2 + 2 = 56, 4 × 2 = 8, 8·10 + 10 = 90; MACs 4·4 positions × 54 = 864, 8 × 10 = 80
    expect(inspection.parameters).toBe(154)
    expect(inspection.macs).toBe(944)
    expect(inspection.layers.map(({ outputShape }) => outputShape)).toEqual([
      [4, 4, 2],
      [2, 2, 2],
      [2, 2, 2],
      [8],
      [10],
    ])
    expect(inspection.outputKind).toBe('probabilities')
  })

  it('finds weights whatever their order and their number of shards, in folders and zips', async () => {
    const [, shard] = modelFiles(topology, weights)
    const bytes = shard?.bytes ?? new Uint8Array()
    const files = [
      { ...modelJson(topology, weights, ['./a', 'b.dat']), name: 'net/model.json' },
      { name: 'net/b.dat', bytes: bytes.subarray(100) },
      { name: 'net/a', bytes: bytes.subarray(0, 100) },
      { name: 'net/README.md', bytes: new TextEncoder().encode('# hello') },
    ]
    const packed = zipSync(Object.fromEntries(files.map((one) => [one.name, one.bytes])))
    for (const upload of [files, [{ name: 'upload', bytes: packed }]]) {
      const { inspection } = await inspectModel(upload, spec)
      expect(inspection.parameters).toBe(154)
      expect(inspection.unusedFiles).toEqual(['net/README.md'])
    }
  })

  it('refuses weights that are missing, cut off, misshapen or not finite, each with its own code', async () => {
    const [json, shard] = modelFiles(topology, weights)
    if (json === undefined || shard === undefined) throw new Error('no files')
    expect((await refusal([json])).code).toBe('MODEL_FILES_MISSING')
    const short = await refusal([json, { ...shard, bytes: shard.bytes.subarray(0, 600) }])
    expect([short.code, short.params]).toEqual(['WEIGHTS_TRUNCATED', { found: 600, expected: 616 }])
    expect((await refusal([json, { ...shard, bytes: new Uint8Array(620) }])).code).toBe('WEIGHTS_MISMATCH')
    expect((await refusal([json, { ...shard, bytes: new Uint8Array() }])).code).toBe('MODEL_FILE_EMPTY')
    const values = new Float32Array(154).fill(Number.NaN)
    expect((await refusal(modelFiles(topology, weights, values))).code).toBe('WEIGHTS_NOT_FINITE')
    const swapped = weights.map((weight) =>
      weight.name === 'd/kernel' ? { ...weight, shape: [10, 8] } : weight,
    )
    expect(await refusal(modelFiles(topology, swapped))).toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      params: { mismatch: 'shape', weight: 'd/kernel', expected: '[8, 10]', found: '[10, 8]' },
    })
    expect((await refusal(modelFiles(topology, weights.slice(0, -1)))).code).toBe('WEIGHTS_MISMATCH')
  })
})

describe('what is no model', () => {
  it.each([
    ['a photograph', [file('me.jpg', 0xff, 0xd8, 0xff, 0xe0, 0, 16)], 'MODEL_FORMAT_UNSUPPORTED'],
    ['an empty file', [file('model.json')], 'MODEL_FILE_EMPTY'],
    ['no files', [], 'UPLOAD_NO_FILES'],
    ['broken JSON', [file('model.json', 0x7b, 0x22, 0x61)], 'MODEL_JSON_INVALID'],
    ['HDF5 cut off', [file('m.h5', 0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a)], 'MODEL_FILE_DAMAGED'],
    ['ONNX cut off', [file('m', 0x08, 0x08, 0x12, 0x07)], 'ONNX_INVALID'],
    ['a pickle', [file('m.pt', 0x80, 0x04, 0x95)], 'MODEL_FORMAT_UNSUPPORTED'],
    ['TFLite', [file('m', 0x1c, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33)], 'MODEL_FORMAT_UNSUPPORTED'],
    ['SavedModel', [file('saved_model.pb', 0x08, 0x01, 0x12, 0x40)], 'MODEL_FORMAT_UNSUPPORTED'],
    ['a truncated zip', [file('m.zip', 0x50, 0x4b, 0x03, 0x04, 0, 0)], 'MODEL_ARCHIVE_DAMAGED'],
  ])('refuses %s', async (_name, files, code) => {
    expect((await refusal(files)).code).toBe(code)
  })

  it('names the .keras file that is cut off, be it within a zip', async () => {
    const archive = zipSync({ 'model.weights.h5': new Uint8Array(200) })
    const cut = { name: 'model.keras', bytes: archive.subarray(0, -30) }
    const zipped = { name: 'upload.zip', bytes: zipSync({ [cut.name]: cut.bytes }) }
    for (const upload of [cut, zipped]) {
      expect(await refusal([upload])).toMatchObject({
        code: 'MODEL_ARCHIVE_DAMAGED',
        params: { file: 'model.keras' },
      })
    }
  })

  it('names the format of a PyTorch file', async () => {
    const torch = zipSync({ 'archive/data.pkl': new Uint8Array(2) })
    expect((await refusal([{ name: 'x', bytes: torch }])).params.format).toBe('PyTorch (.pt, .pth)')
  })

  it('refuses a model.json with weights only', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ weightsManifest: [] }))
    expect((await refusal([{ name: 'model.json', bytes }])).code).toBe('MODEL_TOPOLOGY_MISSING')
  })
})

describe('shapes', () => {
  const accepts = async (inputShape: (number | null)[], imageShape: [number, number, number]) => {
    const topology = {
      class_name: 'Sequential',
      config: {
        layers: [
          layer('Flatten', { name: 'f', batch_input_shape: [7, ...inputShape] }),
          layer('Dense', { name: 'd', units: 10 }),
        ],
      },
    }
    const size = imageShape[0] * imageShape[1] * imageShape[2]
    const weights = [
      { name: 'd/kernel', shape: [size, 10] },
      { name: 'd/bias', shape: [10] },
    ]
    const { model } = await inspectModel(modelFiles(topology, weights), { imageShape, classCount: 10 })
    return [model.inputShape, model.layout]
  }

  it('takes images, flat vectors, rows, and singleton dimensions', async () => {
    expect(await accepts([4, 4, 3], [4, 4, 3])).toEqual([[4, 4, 3], 'hwc'])
    expect(await accepts([48], [4, 4, 3])).toEqual([[48], 'flat'])
    expect(await accepts([4, 12], [4, 4, 3])).toEqual([[4, 12], 'hwc'])
    expect(await accepts([4, 5], [4, 5, 1])).toEqual([[4, 5], 'hwc'])
    expect(await accepts([1, 4, 5, 1], [4, 5, 1])).toEqual([[1, 4, 5, 1], 'hwc'])
    expect(await accepts([1, 48], [4, 4, 3])).toEqual([[1, 48], 'flat'])
    expect(await accepts([null, null, 3], [4, 4, 3])).toEqual([[4, 4, 3], 'hwc'])
  })

  it('refuses other inputs and other class counts with what it found', async () => {
    const input = await refusal(denseModel(47, 10))
    expect([input.code, input.params]).toEqual([
      'INPUT_SHAPE_MISMATCH',
      { found: '[47]', expected: '[4, 4, 3]' },
    ])
    const output = await refusal(denseModel(48, 100))
    expect([output.code, output.params]).toEqual(['OUTPUT_SHAPE_MISMATCH', { found: '[100]', expected: 10 }])
  })

  it.each([
    ['linear', 'logits'],
    ['softmax', 'probabilities'],
    ['sigmoid', 'sigmoids'],
  ])('reads a head of %s as %s', async (activation, kind) => {
    const { inspection } = await inspectModel(denseModel(48, 10, { activation }), spec)
    expect(inspection.outputKind).toBe(kind)
  })
})

describe('a model with several outputs', () => {
  const topology = (first: number) => ({
    class_name: 'Model',
    config: {
      name: 'm',
      layers: [
        {
          ...layer('InputLayer', { name: 'i', batch_input_shape: [null, 48] }),
          name: 'i',
          inbound_nodes: [],
        },
        { ...layer('Dense', { name: 'a', units: first }), name: 'a', inbound_nodes: [[['i', 0, 0, {}]]] },
        { ...layer('Dense', { name: 'z', units: 10 }), name: 'z', inbound_nodes: [[['a', 0, 0, {}]]] },
      ],
      input_layers: [['i', 0, 0]],
      output_layers: [
        ['a', 0, 0],
        ['z', 0, 0],
      ],
    },
  })
  const weights = (first: number) => [
    { name: 'a/kernel', shape: [48, first] },
    { name: 'a/bias', shape: [first] },
    { name: 'z/kernel', shape: [first, 10] },
    { name: 'z/bias', shape: [10] },
  ]

  it('is scored by the one head that has the class count, and says which', async () => {
    const { inspection, model } = await inspectModel(modelFiles(topology(6), weights(6)), spec)
    expect(inspection.head).toEqual({ name: 'z', index: 1, count: 2 })
    expect(model.headIndex).toBe(1)
  })

  it('is scored by the last head where two have it', async () => {
    const { inspection } = await inspectModel(modelFiles(topology(10), weights(10)), spec)
    expect(inspection.head).toEqual({ name: 'z', index: 1, count: 2 })
  })
})

it('decodes quantised weights as TF.js does', async () => {
  const topology = sequential([48], layer('Dense', { name: 'd', units: 10, use_bias: false }))
  const quantized = async (dtype: string, extra: object, bytes: Uint8Array) => {
    const json = modelJson(
      topology,
      [{ name: 'd/kernel', shape: [48, 10], quantization: { dtype, ...extra } }],
      ['w'],
    )
    const { model } = await inspectModel([json, { name: 'w', bytes }], spec)
    return model.weights[0]?.values[0]?.data[0]
  }
  expect(await quantized('uint8', { scale: 0.5, min: -3 }, new Uint8Array(480).fill(9))).toBe(1.5) // 9 × 0.5 − 3
  expect(
    await quantized('uint16', { scale: 2, min: 1 }, new Uint8Array(new Uint16Array(480).fill(300).buffer)),
  ).toBe(601)
  expect(await quantized('float16', {}, new Uint8Array(new Uint16Array(480).fill(0xc100).buffer))).toBe(-2.5) // −1.25 × 2
})
