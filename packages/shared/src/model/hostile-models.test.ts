import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { TaikaiError } from '../errors.ts'
import { inspectModel } from './inspect.ts'
import type { ModelFile } from './model-file.ts'
import { denseModel, layer, modelFiles, modelJson, sequential, type WeightJson } from './model-fixtures.ts'

const spec = { imageShape: [4, 4, 3] as const, classCount: 10 }
const image = [4, 4, 3]
const kernel = (shape: number[], extra: Partial<WeightJson> = {}) => [{ name: 'd/kernel', shape, ...extra }]
const dense = (config: Record<string, unknown>) =>
  sequential([48], layer('Dense', { name: 'd', use_bias: false, units: 10, ...config }))
const inbound = (one: object, name: string, ...from: string[]) => ({
  ...one,
  name,
  inbound_nodes: from.length === 0 ? [] : [from.map((source) => [source, 0, 0, {}])],
})

async function codeOf(files: readonly ModelFile[]): Promise<string> {
  try {
    await inspectModel(files, spec)
    return 'accepted'
  } catch (error) {
    if (error instanceof TaikaiError) return error.code
    throw error
  }
}
const noWeights = (topology: unknown) => codeOf([modelJson(topology, [], [])])

describe('models that ask for the impossible are refused from their JSON alone', () => {
  it.each([
    ['a thousand million units', dense({ units: 1e9 }), 'MODEL_TOPOLOGY_INVALID'],
    [
      'a million units, four times',
      sequential(image, layer('Flatten'), ...[1, 2, 3, 4].map(() => layer('Dense', { units: 1e6 }))),
      'MODEL_TOO_LARGE',
    ],
    [
      'an up-sampling bomb',
      sequential(image, layer('UpSampling2D', { size: [1000, 1000] })),
      'MODEL_TOO_LARGE',
    ],
    [
      'a padding bomb',
      sequential(
        image,
        layer('ZeroPadding2D', {
          padding: [
            [20000, 20000],
            [20000, 20000],
          ],
        }),
      ),
      'MODEL_TOO_LARGE',
    ],
    ['a repetition bomb', sequential([48], layer('RepeatVector', { n: 1e6 })), 'MODEL_TOO_LARGE'],
    [
      'a negative filter count',
      sequential(image, layer('Conv2D', { filters: -3, kernel_size: [3, 3] })),
      'MODEL_TOPOLOGY_INVALID',
    ],
    ['units in a string', dense({ units: '10' }), 'MODEL_TOPOLOGY_INVALID'],
    ['units with a fraction', dense({ units: 2.5 }), 'MODEL_TOPOLOGY_INVALID'],
    [
      'a Lambda',
      sequential([48], layer('Lambda', { function: ['4wEAAA==', null, null] })),
      'LAYER_UNSUPPORTED',
    ],
    ['the class constructor', sequential([48], layer('constructor')), 'LAYER_UNSUPPORTED'],
    ['the class __proto__', sequential([48], layer('__proto__')), 'LAYER_UNSUPPORTED'],
    ['the class hasOwnProperty', sequential([48], layer('hasOwnProperty')), 'LAYER_UNSUPPORTED'],
    ['an optimizer as a layer', sequential([48], layer('SGD', { learningRate: 1 })), 'LAYER_UNSUPPORTED'],
    ['the activation __proto__', dense({ activation: '__proto__' }), 'LAYER_UNSUPPORTED'],
    ['the activation constructor', dense({ activation: 'constructor' }), 'LAYER_UNSUPPORTED'],
    [
      'units by __proto__',
      JSON.parse(
        JSON.stringify(dense({ units: undefined })).replace(
          '"name":"d"',
          '"name":"d","__proto__":{"units":10}',
        ),
      ),
      'MODEL_TOPOLOGY_INVALID',
    ],
    [
      '3000 layers',
      sequential([48], ...Array.from({ length: 3000 }, () => layer('Activation', { activation: 'relu' }))),
      'MODEL_TOPOLOGY_INVALID',
    ],
  ])('%s', async (_name, topology, code) => {
    expect(await noWeights(topology)).toBe(code)
  })

  it('a graph with a cycle', async () => {
    const layers = [
      inbound(layer('InputLayer', { name: 'i', batch_input_shape: [null, 48] }), 'i'),
      inbound(layer('Add', { name: 'a' }), 'a', 'i', 'b'),
      inbound(layer('Activation', { name: 'b', activation: 'relu' }), 'b', 'a'),
    ]
    const config = { name: 'm', layers, input_layers: [['i', 0, 0]], output_layers: [['b', 0, 0]] }
    expect(await noWeights({ class_name: 'Model', config })).toBe('MODEL_TOPOLOGY_INVALID')
  })

  it('3000 models within each other', async () => {
    // As text: JSON.stringify would overflow the stack before the model is even sent.
    const open = '{"class_name":"Sequential","config":{"build_input_shape":[null,48],"layers":['
    const inner = JSON.stringify(layer('Dense', { units: 10 }))
    const topology = `${open.repeat(3000)}${inner}${']}}'.repeat(3000)}`
    const json = `{"modelTopology":${topology},"weightsManifest":[]}`
    expect(await codeOf([{ name: 'model.json', bytes: new TextEncoder().encode(json) }])).toBe(
      'MODEL_TOO_LARGE',
    )
  })

  it('arrays nested 200,000 deep in a key that nobody reads', async () => {
    const [json, shard] = denseModel(48, 10)
    const text = new TextDecoder().decode(json?.bytes)
    const deep = text.replace('{"format"', `{"x":${'['.repeat(200_000)}${']'.repeat(200_000)},"format"`)
    const files = [{ name: 'model.json', bytes: new TextEncoder().encode(deep) }, ...(shard ? [shard] : [])]
    expect(await codeOf(files)).toBe('MODEL_TOO_LARGE')
  })
})

describe('weight specs that lie', () => {
  const bytes = new Uint8Array(1920)
  it.each([
    ['strings, a thousand million', kernel([1e9], { dtype: 'string' }), 'WEIGHTS_MISMATCH'],
    ['complex numbers', kernel([48, 10], { dtype: 'complex64' }), 'WEIGHTS_MISMATCH'],
    ['a dtype that does not exist', kernel([48, 10], { dtype: 'float99' }), 'WEIGHTS_MISMATCH'],
    ['a dtype named constructor', kernel([48, 10], { dtype: 'constructor' }), 'WEIGHTS_MISMATCH'],
    ['a shape of 1e15 values', kernel([1e8, 1e7]), 'WEIGHTS_TRUNCATED'],
    ['a negative shape', kernel([-48, -10]), 'MODEL_JSON_INVALID'],
    ['a shape with fractions', kernel([48.5, 10]), 'MODEL_JSON_INVALID'],
    ['swapped axes', kernel([10, 48]), 'WEIGHTS_MISMATCH'],
    [
      'a quantisation that overflows',
      kernel([48, 40], { quantization: { dtype: 'uint8', scale: 1e308, min: 1e308 } }),
      'WEIGHTS_MISMATCH',
    ],
  ])('%s', async (_name, specs, code) => {
    expect(await codeOf([modelJson(dense({}), specs, ['w']), { name: 'w', bytes }])).toBe(code)
  })

  it('two weights of one name', async () => {
    const topology = sequential(
      [48],
      layer('Dense', { name: 'd', units: 10, use_bias: false }),
      layer('Dense', { name: 'd', units: 10, use_bias: false }),
    )
    const specs = [...kernel([48, 10]), ...kernel([10, 10])]
    expect(await codeOf(modelFiles(topology, specs))).toBe('WEIGHTS_MISMATCH')
  })
})

it('gives the engine none of the sender’s own keys', async () => {
  const files = denseModel(48, 10, {
    kernel_initializer: { class_name: 'Orthogonal', config: { gain: 1 } },
    evil: 1,
  })
  const { model } = await inspectModel(files, spec)
  const text = JSON.stringify(model.topology)
  expect(text).not.toMatch(/Orthogonal|evil|layer_of_file/)
})

describe('zips', () => {
  const files = {
    'model.json': denseModel(48, 10)[0]?.bytes ?? new Uint8Array(),
    'weights.bin': new Uint8Array(1960),
  }
  const zipped = (bytes: Uint8Array) => codeOf([{ name: 'm.zip', bytes }])

  it('takes a sound one', async () => {
    expect(await zipped(zipSync(files))).toBe('accepted')
  })

  it('refuses a bomb by its ratio', async () => {
    expect(await zipped(zipSync({ ...files, bomb: new Uint8Array(20_000_000) }))).toBe(
      'MODEL_ARCHIVE_INVALID',
    )
  })

  it('refuses an entry that unpacks to more, or to less, than it declares', async () => {
    for (const change of [-1, 1]) {
      const bytes = zipSync(files)
      const view = new DataView(bytes.buffer, bytes.byteOffset)
      const directoryAt = view.getUint32(bytes.length - 6, true) // in the end record: where the directory starts
      view.setUint32(directoryAt + 24, view.getUint32(directoryAt + 24, true) + change, true)
      expect(await zipped(bytes)).toBe('MODEL_ARCHIVE_INVALID')
    }
  })

  it('refuses too many entries', async () => {
    const many = Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`f${at}`, new Uint8Array(1)]))
    expect(await zipped(zipSync(many))).toBe('MODEL_ARCHIVE_INVALID')
  })
})
