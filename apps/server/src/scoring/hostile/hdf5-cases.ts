import { gunzipSync } from 'node:zlib'
import type { Group } from 'h5wasm'
import { externalStorage, virtualDataset, virtualOfItself } from './hdf5-captured.ts'
import type { Ending, HostileCase } from './hostile-case.ts'
import { ascii, hostile, join, noise, truncations } from './hostile-case.ts'
import { h5File, hdf5, kerasH5, kernelValues } from './keras-fixtures.ts'
import { classifier, layer, sequential } from './layers-fixtures.ts'

const damaged = 'MODEL_FILE_DAMAGED'
const made = (name: string, ending: Ending, making: () => Parameters<typeof kerasH5>[0]): HostileCase =>
  hostile(name, ending, () => h5File(kerasH5(making())))
const kernel = (name: string, ending: Ending, write: (group: Group) => void): HostileCase =>
  made(name, ending, () => ({ kernel: write }))
const config = (name: string, ending: Ending, text: () => unknown): HostileCase =>
  made(name, ending, () => ({ config: text() }))
const captured = (name: string, gzipped: string): HostileCase =>
  hostile(name, damaged, () => h5File(new Uint8Array(gunzipSync(Buffer.from(gzipped, 'base64')))))

/** The sound file with one row of bytes replaced wherever it is found. */
function patched(file: Uint8Array, from: readonly number[], to: readonly number[]): Uint8Array {
  const bytes = Buffer.from(file)
  const wanted = Buffer.from(from)
  let at = bytes.indexOf(wanted)
  if (at === -1) throw new Error('the bytes to be replaced are not there')
  for (; at !== -1; at = bytes.indexOf(wanted, at + 1)) bytes.set(to, at)
  return new Uint8Array(bytes)
}
const u32 = (...values: readonly number[]) => [...new Uint8Array(Uint32Array.from(values).buffer)]
const chunked = () =>
  kerasH5({
    kernel: (group) =>
      group.create_dataset({ name: 'kernel:0', data: kernelValues(), shape: [192, 10], chunks: [96, 10] }),
  })
/** What a file may end as when some bytes of it are not what they were. */
const anyEnding: readonly Ending[] = [
  'SCORED',
  damaged,
  'MODEL_FORMAT_UNKNOWN',
  'MODEL_TOPOLOGY_MISSING',
  'MODEL_TOPOLOGY_INVALID',
  'MODEL_JSON_INVALID',
  'LAYER_UNSUPPORTED',
  'WEIGHTS_MISMATCH',
  'WEIGHTS_NOT_FINITE',
  'OUTPUT_NOT_FINITE',
  'INPUT_SHAPE_MISMATCH',
  'OUTPUT_SHAPE_MISMATCH',
  'MODEL_FILES_UNUSED',
]

/** HDF5 files that point elsewhere, that declare more than they hold, and that are broken. */
export const hdf5Cases: readonly HostileCase[] = [
  kernel('HDF5: a kernel behind an external link', damaged, (group) =>
    group.create_external_link('/etc/passwd', '/x', 'kernel:0'),
  ),
  kernel('HDF5: a kernel behind a soft link to itself', damaged, (group) =>
    group.create_soft_link('/model_weights/d/d/kernel:0', 'kernel:0'),
  ),
  kernel('HDF5: a kernel behind a soft link to the bias', damaged, (group) =>
    group.create_soft_link('/model_weights/d/d/bias:0', 'kernel:0'),
  ),
  captured('HDF5: a kernel stored in /proc/self/environ', externalStorage),
  captured('HDF5: a kernel that is a virtual dataset', virtualDataset),
  captured('HDF5: a kernel that is a virtual dataset of itself', virtualOfItself),
  kernel('HDF5: a kernel that is a group', damaged, (group) => group.create_group('kernel:0')),
  kernel('HDF5: a kernel that is not there', damaged, () => undefined),
  kernel('HDF5: a kernel of text', 'WEIGHTS_MISMATCH', (group) =>
    group.create_dataset({ name: 'kernel:0', data: ['x'.repeat(1000), 'y'] }),
  ),
  kernel('HDF5: a kernel of another shape', 'WEIGHTS_MISMATCH', (group) =>
    group.create_dataset({ name: 'kernel:0', data: kernelValues(), shape: [10, 192] }),
  ),
  kernel('HDF5: a kernel with NaN', 'WEIGHTS_NOT_FINITE', (group) =>
    group.create_dataset({ name: 'kernel:0', data: kernelValues().fill(Number.NaN, 5, 6), shape: [192, 10] }),
  ),
  kernel('HDF5: a kernel of 1e12 values, none of them stored', 'WEIGHTS_MISMATCH', (group) =>
    group
      .create_dataset({
        name: 'kernel:0',
        data: kernelValues(),
        shape: [192, 10],
        maxshape: [null, null],
        chunks: [192, 10],
      })
      .resize([1e6, 1e6]),
  ),
  hostile('HDF5: 50 million zeros in a few kilobytes', damaged, () =>
    h5File(
      kerasH5({
        config: sequential(
          layer('Flatten'),
          layer('Dense', { name: 'd', units: 260_000 }),
          layer('Reshape', { target_shape: [26_000, 10] }),
          layer('GlobalAveragePooling1D'),
        ),
        kernel: (group) =>
          group
            .create_dataset({
              name: 'kernel:0',
              data: new Float32Array(1920),
              shape: [192, 10],
              maxshape: [null, null],
              chunks: [192, 1000],
              compression: 9,
            })
            .resize([192, 260_000]),
        bias: 260_000,
      }),
    ),
  ),
  hostile('HDF5: a chunk that says it holds 4e18 values', damaged, () =>
    h5File(patched(chunked(), u32(96, 10, 4), u32(0x7fffffff, 0x7fffffff, 4))),
  ),
  hostile('HDF5: a chunk that says it holds 1e9 values', damaged, () =>
    h5File(patched(chunked(), u32(96, 10, 4), u32(100_000_000, 10, 4))),
  ),
  hostile('HDF5: a chunk of nothing', damaged, () =>
    h5File(patched(chunked(), u32(96, 10, 4), u32(0, 10, 4))),
  ),
  made('HDF5: groups that hold each other', 'SCORED', () => ({
    more: (file) => {
      file.create_hard_link('/model_weights', '/model_weights/again')
      file.create_hard_link('/', '/model_weights/d/root')
    },
  })),
  hostile('HDF5: weights alone, in groups that hold each other', 'MODEL_TOPOLOGY_MISSING', () =>
    h5File(
      hdf5((file) => {
        file.create_group('a').create_group('b')
        file.create_hard_link('/a', '/a/b/a')
      }),
    ),
  ),
  hostile('HDF5: Keras 3 weights in groups that hold each other', damaged, () => [
    ...h5File(
      hdf5((file) => {
        const vars = file.create_group('layers').create_group('dense').create_group('vars')
        vars.create_dataset({ name: '0', data: kernelValues(), shape: [192, 10] })
        file.create_hard_link('/layers', '/layers/dense/again')
      }),
    ),
    { name: 'config.json', bytes: ascii(JSON.stringify(classifier())) },
  ]),
  hostile('HDF5: groups 60 deep', damaged, () => [
    ...h5File(
      hdf5((file) => {
        let group: Group = file
        for (let depth = 0; depth < 60; depth++) group = group.create_group('g')
      }),
    ),
    { name: 'config.json', bytes: ascii(JSON.stringify(classifier())) },
  ]),
  hostile('HDF5: 30,000 groups', damaged, () => [
    ...h5File(
      hdf5((file) => {
        for (let at = 0; at < 30_000; at++) file.create_group(`g${at}`)
      }),
    ),
    { name: 'config.json', bytes: ascii(JSON.stringify(classifier())) },
  ]),
  hostile('HDF5: weights alone', 'MODEL_TOPOLOGY_MISSING', () =>
    h5File(hdf5((file) => void file.create_dataset({ name: 'kernel', data: kernelValues() }))),
  ),
  hostile('HDF5: nothing in it', 'MODEL_TOPOLOGY_MISSING', () => h5File(hdf5(() => undefined))),
  config('HDF5: a topology that is not JSON', 'MODEL_TOPOLOGY_MISSING', () => '{"class_name": "Sequential"'),
  config('HDF5: a topology of 200,000 brackets', 'MODEL_TOO_LARGE', () => '['.repeat(200_000)),
  config('HDF5: a topology of 1e9 units', 'MODEL_TOPOLOGY_INVALID', () => classifier({ units: 1e9 })),
  config('HDF5: a topology with a Lambda', 'LAYER_UNSUPPORTED', () =>
    sequential(layer('Lambda', { function: ['4wEAAA==', null, null] })),
  ),
  config('HDF5: a topology with the class __proto__', 'LAYER_UNSUPPORTED', () =>
    sequential(layer('__proto__')),
  ),
  hostile('HDF5: two files at once', 'MODEL_FILES_UNUSED', () => [
    ...h5File(kerasH5()),
    { name: 'second.h5', bytes: kerasH5() },
  ]),
  hostile('HDF5: a signature and nothing more', damaged, () =>
    h5File(ascii('\u0000HDF\r\n\u001a\n').fill(0x89, 0, 1)),
  ),
  hostile('HDF5: a signature and random bytes', damaged, () => {
    const bytes = noise(100_000, 11)
    bytes.set([0x89, ...ascii('HDF\r\n\u001a\n')])
    return h5File(bytes)
  }),
  hostile('HDF5: a sound file 64 kB into another', 'SCORED', () =>
    h5File(join(new Uint8Array(512), kerasH5())),
  ),
]

/** Sound files cut short or written over at every twentieth of their length. */
export const hdf5Cuts: readonly HostileCase[] = [
  ...Array.from({ length: 20 }, (_, twentieth) => ({
    name: `HDF5: 16 random bytes at ${twentieth}/20`,
    endings: anyEnding,
    files: () => {
      const bytes = kerasH5()
      bytes.set(noise(16, twentieth + 1), Math.floor((bytes.length * twentieth) / 20))
      return h5File(bytes)
    },
  })),
  ...truncations('HDF5', () => h5File(kerasH5()), 'model.h5', [
    'MODEL_FILE_EMPTY',
    'MODEL_FORMAT_UNKNOWN',
    damaged,
  ]),
]
