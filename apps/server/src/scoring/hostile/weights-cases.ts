import type { ModelFile } from '@taikai/shared/model/model-file'
import type { Ending, HostileCase } from './hostile-case.ts'
import { ascii, hostile } from './hostile-case.ts'
import {
  classifier,
  classifierValues,
  classifierWeights,
  connected,
  functional,
  layer,
  modelJson,
  sequential,
  shard,
  soundLayersModel,
  type WeightJson,
} from './layers-fixtures.ts'

const sound = () => Array.from({ length: classifierValues }, (_, at) => Math.sin(at))
const values = (change: (values: number[]) => void): ModelFile[] => {
  const all = sound()
  change(all)
  return [modelJson(classifier(), classifierWeights), shard(all)]
}
/** The classifier's kernel described by `kernel`, over the bytes of the sound model. */
const described = (name: string, ending: Ending, kernel: Partial<WeightJson>): HostileCase =>
  hostile(name, ending, () => {
    const [first, ...rest] = classifierWeights
    return [
      modelJson(classifier(), [{ name: 'd/kernel', shape: first?.shape, ...kernel }, ...rest]),
      shard(sound()),
    ]
  })
const branches = Array.from({ length: 9 }, (_, at) => `branch_${at}`)
const paths = (name: string, path: string): HostileCase =>
  hostile(name, 'MODEL_FILES_MISSING', () => [
    modelJson(classifier(), classifierWeights, [path]),
    shard(sound(), 'other.bin'),
  ])

/** Weights that are not what model.json says, and names that point elsewhere. */
export const weightsCases: readonly HostileCase[] = [
  hostile('weights that are a value short', 'WEIGHTS_TRUNCATED', () => values((all) => all.pop())),
  hostile('weights that are a value long', 'WEIGHTS_MISMATCH', () => values((all) => all.push(0))),
  hostile('weights that end within a value', 'WEIGHTS_TRUNCATED', () => {
    const [json, weights] = soundLayersModel()
    return [
      ...(json ? [json] : []),
      { name: 'weights.bin', bytes: weights?.bytes.slice(0, -1) ?? new Uint8Array() },
    ]
  }),
  hostile('a NaN among the weights', 'WEIGHTS_NOT_FINITE', () => values((all) => all.fill(Number.NaN, 7, 8))),
  hostile('an infinity among the weights', 'WEIGHTS_NOT_FINITE', () =>
    values((all) => all.fill(Number.POSITIVE_INFINITY, 7, 8)),
  ),
  hostile('weights that overflow when they are used', 'OUTPUT_NOT_FINITE', () => [
    modelJson(classifier({ activation: 'linear' }), classifierWeights), // 192 times 3e38 is beyond float32
    shard(new Float32Array(classifierValues).fill(3e38)),
  ]),
  described('a negative shape', 'MODEL_JSON_INVALID', { shape: [-192, -10] }),
  described('a shape with fractions', 'MODEL_JSON_INVALID', { shape: [192.5, 10] }),
  described('a shape of 1e15 values', 'WEIGHTS_TRUNCATED', { shape: [1e8, 1e7] }),
  described('swapped axes', 'WEIGHTS_MISMATCH', { shape: [10, 192] }),
  described('a shape of 9 axes', 'MODEL_JSON_INVALID', { shape: [192, 10, 1, 1, 1, 1, 1, 1, 1] }),
  described('strings, 1e9 of them', 'WEIGHTS_MISMATCH', { shape: [1e9], dtype: 'string' }),
  described('complex numbers', 'WEIGHTS_MISMATCH', { dtype: 'complex64' }),
  described('a dtype that does not exist', 'WEIGHTS_MISMATCH', { dtype: 'float99' }),
  described('a dtype named constructor', 'WEIGHTS_MISMATCH', { dtype: 'constructor' }),
  described('a weight named __proto__', 'WEIGHTS_MISMATCH', { name: '__proto__' }),
  described('a quantisation of nothing', 'WEIGHTS_MISMATCH', { quantization: { dtype: '__proto__' } }),
  hostile('a quantisation that overflows', 'WEIGHTS_NOT_FINITE', () => [
    modelJson(classifier({ use_bias: false }), [
      { name: 'd/kernel', shape: [192, 10], quantization: { dtype: 'uint8', scale: 1e308, min: 1e308 } },
    ]),
    { name: 'weights.bin', bytes: new Uint8Array(1920) },
  ]),
  hostile('two weights of one name', 'WEIGHTS_MISMATCH', () => [
    modelJson(classifier(), [
      { name: 'd/kernel', shape: [192, 10] },
      { name: 'd/kernel', shape: [10] },
    ]),
    shard(sound()),
  ]),
  hostile('two files of one name', 'SCORED', () => [...soundLayersModel(), shard(3)]),
  hostile('one shard named 2000 times', 'WEIGHTS_MISMATCH', () => [
    modelJson(
      classifier(),
      [{ name: 'd/kernel', shape: [1000, 1000, 500] }],
      Array.from({ length: 2000 }, () => 'weights.bin'),
    ),
    shard(250_000),
  ]),
  paths('a shard two folders up', '../../etc/passwd'),
  paths('a shard with an absolute path', '/etc/passwd'),
  paths('a shard with a drive letter', 'C:\\windows\\win.ini'),
  paths('a shard at an address', 'http://127.0.0.1:22/weights.bin'),
  paths('a shard in a pseudo file system', '/proc/self/environ'),
  paths('a shard with a NUL in its name', 'other.bin\u0000.bin'),
  paths('a shard named __proto__', '__proto__'),
  hostile('more memory than a run may use', 'OUT_OF_MEMORY', () => [
    modelJson(
      functional(
        'dense',
        // Nine tensors of 3.1 million values an image, 400 MB a batch, that are all needed at once.
        ...branches.map((name) => connected(name, layer('UpSampling2D', { size: [128, 128] }), 'input')),
        connected('sum', layer('Add'), ...branches),
        connected('pool', layer('GlobalAveragePooling2D'), 'sum'),
        connected('dense', layer('Dense', { units: 10, use_bias: false }), 'pool'),
      ),
      [{ name: 'dense/kernel', shape: [3, 10] }],
    ),
    shard(30),
  ]),
  hostile('a model that predicts for minutes', 'MODEL_TOO_SLOW', () => [
    modelJson(
      sequential(
        layer('UpSampling2D', { size: [8, 8] }),
        ...['a', 'b', 'c'].map((name) =>
          layer('Conv2D', { name, filters: 128, kernel_size: 7, padding: 'same', use_bias: false }),
        ),
        layer('GlobalAveragePooling2D'),
        layer('Dense', { name: 'd', units: 10, use_bias: false }),
      ),
      [
        { name: 'a/kernel', shape: [7, 7, 3, 128] },
        { name: 'b/kernel', shape: [7, 7, 128, 128] },
        { name: 'c/kernel', shape: [7, 7, 128, 128] },
        { name: 'd/kernel', shape: [128, 10] },
      ],
    ),
    shard(7 * 7 * 128 * (3 + 128 + 128) + 1280),
  ]),
  hostile('a name in a README that looks like a model', 'SCORED', () => [
    ...soundLayersModel(),
    { name: 'README.md', bytes: ascii('# model.json\n') },
    { name: 'history.json', bytes: ascii('{"loss":[1,0.5]}') },
  ]),
]
