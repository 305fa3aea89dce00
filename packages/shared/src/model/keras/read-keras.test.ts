import { zipSync } from 'fflate'
import type { Group } from 'h5wasm'
import { expect, test } from 'vitest'
import { TaikaiError } from '../../errors.ts'
import { inspectModel } from '../inspect.ts'
import { addLayerGroups, addWeight, buildHdf5 } from './test-hdf5.ts'

const spec = { imageShape: [1, 2, 1], classCount: 3 } as const
const dense = (name: string, units: number, more: object = {}) => ({
  class_name: 'Dense',
  config: { name, units, activation: 'linear', use_bias: true, ...more },
})
const input = { batch_input_shape: [null, 2] }
const twoLayers = { class_name: 'Sequential', config: { layers: [dense('a', 2, input), dense('b', 3)] } }
const groupsOf = (first: string, second: string) => [
  {
    layer: first,
    weights: [
      { name: `${first}/kernel:0`, shape: [2, 2] },
      { name: `${first}/bias:0`, shape: [2], first: 10 },
    ],
  },
  {
    layer: second,
    weights: [
      { name: `${second}/kernel:0`, shape: [2, 3], first: 20 },
      { name: `${second}/bias:0`, shape: [3], first: 30 },
    ],
  },
]
const firstValues = [0, 10, 20, 30]

const json = (value: object) => new TextEncoder().encode(JSON.stringify(value))
const h5 = async (write: (root: Group) => void) => ({ name: 'anything', bytes: await buildHdf5(write) })
const wholeModel = (topology: object, write: (root: Group) => void) =>
  h5((root) => {
    root.create_attribute('model_config', JSON.stringify(topology))
    write(root.create_group('model_weights'))
  })
type Files = Parameters<typeof inspectModel>[0]
const inspect = (files: Files) => inspectModel(files, spec)
/** The first value of every weight: which stored one came to which place. */
const firsts = async (files: Files) => {
  const { model } = await inspect(files)
  if (model.family !== 'layers') throw new Error('no model of layers')
  return model.weights.flatMap(({ values }) => values.map(({ data }) => data[0]))
}
const refusal = async (files: Files) => {
  try {
    await inspect(files)
  } catch (error) {
    if (error instanceof TaikaiError) return { code: error.code, ...error.params }
    throw error
  }
  throw new Error('it was not refused')
}

test('reads a whole .h5 model, and one whose Sequential is a bare list', async () => {
  const bare = { class_name: 'Sequential', config: twoLayers.config.layers }
  for (const topology of [twoLayers, bare]) {
    const file = await wholeModel(topology, (root) => addLayerGroups(root, groupsOf('a', 'b')))
    expect(await firsts([file])).toEqual(firstValues)
    expect((await inspect([file])).inspection).toMatchObject({
      format: 'keras-h5',
      parameters: 15,
      outputKind: 'logits',
    })
  }
})

test('takes groups by the names of layers, whatever their order', async () => {
  const file = await wholeModel(twoLayers, (root) => addLayerGroups(root, groupsOf('a', 'b').reverse()))
  expect(await firsts([file])).toEqual(firstValues)
})

test('takes groups by their order where the names are those of another build', async () => {
  const weights = await h5((root) => addLayerGroups(root, groupsOf('dense_7', 'dense_8')))
  const files = [{ name: 'model.json', bytes: json(twoLayers) }, weights]
  expect(await firsts(files)).toEqual(firstValues)
  expect((await inspect(files)).inspection.format).toBe('keras-json-h5')
})

test('reads .keras, also inside of another zip, and with the backslashes of Windows', async () => {
  for (const slash of ['/', '\\']) {
    const weights = await h5((root) => {
      addWeight(root, `layers${slash}dense/vars/0`, { shape: [2, 2] })
      addWeight(root, `layers${slash}dense/vars/1`, { shape: [2], first: 10 })
      addWeight(root, `layers${slash}dense_1/vars/0`, { shape: [2, 3], first: 20 })
      addWeight(root, `layers${slash}dense_1/vars/1`, { shape: [3], first: 30 })
      addWeight(root, `optimizer${slash}vars/0`, { shape: [2, 2], first: 99 })
    })
    const keras = zipSync({
      'metadata.json': json({ keras_version: '3.9.2' }),
      'config.json': json(twoLayers),
      'model.weights.h5': weights.bytes,
    })
    const upload = [{ name: 'model', bytes: keras }]
    expect(await firsts(upload)).toEqual(firstValues)
    const { inspection } = await inspect(upload)
    expect(inspection.format).toBe('keras-v3')
    expect(inspection.unusedFiles).toBeUndefined()
    expect(await firsts([{ name: 'mine.zip', bytes: zipSync({ 'my/model.keras': keras }) }])).toEqual(
      firstValues,
    )
  }
})

test('reads the paths of Keras 2.12, which counted layers twice', async () => {
  const root = '_layer_checkpoint_dependencies'
  const weights = await h5((file) => {
    addWeight(file, `${root}/dense/vars/0`, { shape: [2, 2] })
    addWeight(file, `${root}/dense/vars/1`, { shape: [2], first: 10 })
    addWeight(file, `${root}/dense_2/vars/0`, { shape: [2, 3], first: 20 })
    addWeight(file, `${root}/dense_2/vars/1`, { shape: [3], first: 30 })
  })
  expect(await firsts([{ name: 'config.json', bytes: json(twoLayers) }, weights])).toEqual(firstValues)
})

test('reads the text of to_json() also where it was written as JSON once more', async () => {
  const weights = await h5((root) => addLayerGroups(root, groupsOf('a', 'b')))
  const text = new TextEncoder().encode(JSON.stringify(JSON.stringify(twoLayers)))
  expect(await firsts([{ name: 'model.json', bytes: text }, weights])).toEqual(firstValues)
})

const nested = {
  class_name: 'Sequential',
  config: {
    layers: [
      {
        class_name: 'Sequential',
        config: {
          name: 'inner',
          layers: [
            dense('d', 2, { ...input, use_bias: false }),
            { class_name: 'BatchNormalization', config: { name: 'n', axis: -1 } },
            dense('e', 2, { use_bias: false }),
          ],
        },
      },
      dense('out', 3, { use_bias: false }),
    ],
  },
}
const nestedFirsts = [0, 10, 20, 30, 40, 50, 60]

test('finds the weights of a nested model by the order in which Keras lists them', async () => {
  // Trained ones first: kernel, gamma, beta, kernel; then the statistics. The names say nothing.
  const inner = [
    { name: 'w0', shape: [2, 2] },
    { name: 'w1', shape: [2], first: 10 },
    { name: 'w2', shape: [2], first: 20 },
    { name: 'w3', shape: [2, 2], first: 50 },
    { name: 'w4', shape: [2], first: 30 },
    { name: 'w5', shape: [2], first: 40 },
  ]
  const out = { layer: 'out', weights: [{ name: 'w', shape: [2, 3], first: 60 }] }
  const file = await wholeModel(nested, (root) =>
    addLayerGroups(root, [{ layer: 'inner', weights: inner }, out]),
  )
  expect(await firsts([file])).toEqual(nestedFirsts)
})

test('finds the weights of a nested model by name where frozen layers stand last', async () => {
  const inner = [
    { name: 'inner/e/kernel:0', shape: [2, 2], first: 50 },
    { name: 'inner/d/kernel:0', shape: [2, 2] },
    { name: 'inner/n/gamma:0', shape: [2], first: 10 },
    { name: 'inner/n/beta:0', shape: [2], first: 20 },
    { name: 'inner/n/moving_mean:0', shape: [2], first: 30 },
    { name: 'inner/n/moving_variance:0', shape: [2], first: 40 },
  ]
  const out = { layer: 'out', weights: [{ name: 'out/kernel:0', shape: [2, 3], first: 60 }] }
  const file = await wholeModel(nested, (root) =>
    addLayerGroups(root, [{ layer: 'inner', weights: inner }, out]),
  )
  expect(await firsts([file])).toEqual(nestedFirsts)
})

test('leaves out the state of random generators', async () => {
  const withFlip = {
    class_name: 'Sequential',
    config: {
      layers: [{ class_name: 'Dropout', config: { name: 'x', rate: 0.5, ...input } }, dense('a', 3)],
    },
  }
  const state = { layer: 'x', weights: [{ name: 'x/StateVar:0', shape: [3], dtype: '<i' as const }] }
  const weights = [
    { name: 'a/kernel:0', shape: [2, 3] },
    { name: 'a/bias:0', shape: [3], first: 10 },
  ]
  const file = await wholeModel(withFlip, (root) => addLayerGroups(root, [state, { layer: 'a', weights }]))
  expect(await firsts([file])).toEqual([0, 10])
})

test("turns the kernels of Theano's convolutions round", async () => {
  const topology = {
    class_name: 'Sequential',
    config: {
      layers: [
        {
          class_name: 'Conv2D',
          config: {
            name: 'c',
            filters: 3,
            kernel_size: [1, 2],
            use_bias: false,
            batch_input_shape: [null, 1, 2, 1],
          },
        },
        { class_name: 'Flatten', config: { name: 'f' } },
      ],
    },
  }
  const file = await wholeModel(topology, (root) => {
    root.create_attribute('backend', 'theano')
    addLayerGroups(root, [{ layer: 'c', weights: [{ name: 'c/kernel:0', shape: [1, 2, 1, 3] }] }])
  })
  const { model } = await inspect([file])
  expect(model.family === 'layers' && [...(model.weights[0]?.values[0]?.data ?? [])]).toEqual([
    3, 4, 5, 0, 1, 2,
  ])
})

test('says what is missing or does not fit', async () => {
  const weights = await h5((root) => addLayerGroups(root, groupsOf('a', 'b')))
  const topology = { name: 'model.json', bytes: json(twoLayers) }
  expect(await refusal([weights])).toEqual({ code: 'MODEL_TOPOLOGY_MISSING' })
  expect(await refusal([topology])).toEqual({ code: 'MODEL_FILES_MISSING', files: '*.weights.h5' })
  expect((await refusal([topology, weights, { ...weights, name: 'other.h5' }])).code).toBe(
    'MODEL_FILES_UNUSED',
  )
  const keras = zipSync({ 'config.json': topology.bytes, 'model.weights.h5': weights.bytes })
  expect(await refusal([{ name: 'model.keras', bytes: keras }, weights])).toEqual({
    code: 'MODEL_FILES_UNUSED',
    files: 'model.keras, anything',
  })
  expect(
    await refusal([{ name: 'model.json', bytes: new TextEncoder().encode('{"class_name": ') }, weights]),
  ).toEqual({
    code: 'MODEL_JSON_INVALID',
    files: 'model.json',
  })
  const wide = { class_name: 'Sequential', config: { layers: [dense('a', 4, input), dense('b', 3)] } }
  expect(await refusal([{ name: 'model.json', bytes: json(wide) }, weights])).toMatchObject({
    code: 'WEIGHTS_MISMATCH',
    weight: 'a/kernel',
    expected: '[2, 4]',
    found: '[2, 2]',
  })
})

test('reads no weight before its shape is known to be the right one', async () => {
  const huge = await h5((root) => {
    addLayerGroups(root, groupsOf('a', 'b').slice(1))
    const layer = root.create_group('huge')
    layer.create_attribute('weight_names', ['w'])
    // Never written: 4 GB that take no place in the file.
    layer
      .create_dataset({
        name: 'w',
        data: new Float32Array(1),
        shape: [1],
        maxshape: [1_000_000_000],
        chunks: [1],
      })
      .resize([1_000_000_000])
    root.delete_attribute('layer_names')
    root.create_attribute('layer_names', ['huge', 'b'])
  })
  expect((await refusal([{ name: 'model.json', bytes: json(twoLayers) }, huge])).code).toBe(
    'WEIGHTS_MISMATCH',
  )
})
