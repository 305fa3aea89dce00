import { type Group, ready } from 'h5wasm'
import { expect, test } from 'vitest'
import { TaikaiError } from '../../errors.ts'
import { openHdf5 } from './hdf5-file.ts'
import { addWeight, buildHdf5 } from './test-hdf5.ts'

const open = async (write: (root: Group) => void) => openHdf5(await buildHdf5(write))
const detailOf = (read: () => unknown) => {
  try {
    read()
  } catch (error) {
    if (error instanceof TaikaiError) return error.params.detail ?? error.params.reason
    throw error
  }
  return 'read'
}

test('reads attributes, lists in parts, and values', async () => {
  const file = await open((root) => {
    root.create_attribute('model_config', '{"a": "あ"}')
    root.create_attribute('layer_names0', ['a', 'b'])
    root.create_attribute('layer_names1', ['c'])
    addWeight(root, 'g/w:0', { shape: [2, 2], first: 5 })
  })
  expect(file.text('', 'model_config')).toBe('{"a": "あ"}')
  expect(file.text('', 'backend')).toBeNull()
  expect(file.texts('', 'layer_names')).toEqual(['a', 'b', 'c'])
  expect(file.hasGroup('g')).toBe(true)
  expect(file.hasGroup('model_weights')).toBe(false)
  expect(file.datasets([])).toEqual(['g/w:0'])
  expect(file.datasets(['g'])).toEqual([])
  const weight = file.weight('g/w:0')
  expect(weight).toMatchObject({ shape: [2, 2], isInteger: false })
  expect([...weight.read()]).toEqual([5, 6, 7, 8])
  file.close()
})

test('follows no link, neither into another file nor within its own', async () => {
  const file = await open((root) => {
    addWeight(root, 'g/w', { shape: [1] })
    root.create_external_link('/etc/hostname', '/w', 'outside')
    root.create_external_link('/model.h5', '/g', 'itself')
    root.create_soft_link('/g', 'soft')
  })
  expect(detailOf(() => file.weight('outside'))).toBe('a link to another place')
  expect(detailOf(() => file.weight('itself/w'))).toBe('a link to another place')
  expect(detailOf(() => file.weight('soft/w'))).toBe('a link to another place')
  expect(detailOf(() => file.datasets([]))).toBe('a link to another place')
  file.close()
})

test('leaves no file and no device that a storage outside of the file could name', async () => {
  const file = await open((root) => addWeight(root, 'w', { shape: [1] }))
  const library = await ready
  const there = (path: string) => library.FS.readdir(path).filter((name: string) => !name.startsWith('.'))
  expect(there('/dev')).toEqual(['shm'])
  expect(there('/')).not.toContain('model.h5')
  expect([...file.weight('w').read()]).toEqual([0])
  file.close()
})

test('ends in groups that contain themselves', async () => {
  const file = await open((root) => {
    root.create_group('a')
    root.create_hard_link('/', 'a/again')
  })
  expect(detailOf(() => file.datasets([]))).toBe('groups that are nested too deep')
  file.close()
})

test('inflates no more than a file of its size can honestly hold', async () => {
  const zeros = 4_000_000
  const file = await open((root) =>
    root.create_dataset({
      name: 'w',
      data: new Float32Array(zeros),
      shape: [zeros],
      chunks: [100_000],
      compression: 9,
    }),
  )
  const weight = file.weight('w')
  expect(weight.shape).toEqual([zeros])
  expect(detailOf(() => weight.read())).toBe('more values than the file can hold')
  file.close()
})

test('refuses a chunk that is larger than what it is a part of', async () => {
  const file = await open((root) =>
    root.create_dataset({
      name: 'w',
      data: new Float32Array(4),
      shape: [4],
      maxshape: [null],
      chunks: [100_000_000],
    }),
  )
  expect(detailOf(() => file.weight('w'))).toBe('a chunk larger than its dataset')
  file.close()
})

test('takes only numbers for weights', async () => {
  const file = await open((root) => root.create_dataset({ name: 'w', data: ['text'], shape: [1] }))
  expect(() => file.weight('w')).toThrow(
    expect.objectContaining({ params: { mismatch: 'type', weight: 'w' } }),
  )
  file.close()
})

test('refuses a damaged file wherever it is cut', async () => {
  const bytes = await buildHdf5((root) => addWeight(root, 'a/b/w', { shape: [100] }))
  for (let part = 0; part < 20; part++) {
    const cut = bytes.slice(0, Math.floor((bytes.length * part) / 20))
    expect(() => {
      const file = openHdf5(cut)
      try {
        for (const path of file.datasets([])) file.weight(path).read()
      } finally {
        file.close()
      }
    }).toThrow(TaikaiError)
  }
})
