import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { TaikaiError } from '@taikai/shared/errors'
import { beforeAll, expect, it } from 'vitest'
import { idx } from '../features/datasets/formats/test-files.ts'
import { type OfflineResult, prepareScoring } from './offline-run.ts'
import { detailOf, score, scoreCommand } from './score.ts'
import { brightestOfTen, folderWith, runTaikai } from './test-command.ts'

// What is printed and how the process ends is seen of `./taikai` itself; what becomes of files and options, in this process, where
// the engines are tried once and not for each model.
let scoring: Awaited<ReturnType<typeof prepareScoring>>
beforeAll(async () => {
  scoring = await prepareScoring('wasm')
})

/** What `taikai score` makes of a CIFAR-10 model and its options. Names of files are those in `folder`. */
async function scoreHere(
  folder: string,
  names: readonly string[],
  options: readonly string[],
): Promise<OfflineResult> {
  let result: Promise<OfflineResult> | undefined
  const command = scoreCommand().action((paths, given) => {
    result = score(paths, given, async () => scoring)
  })
  const images = ['--images', join(folder, 'images.bin')]
  const paths = names.map((name) => join(folder, name))
  await command.parseAsync(['--format', 'cifar10', ...images, ...options, ...paths], { from: 'user' })
  if (result === undefined) throw new Error('the command was not run')
  return result
}

/** The refusal that a run comes to. */
async function refusalOf(run: Promise<OfflineResult>): Promise<TaikaiError> {
  const refused = await run.catch((error: unknown) => error)
  if (!(refused instanceof TaikaiError)) throw new Error('a refusal was expected', { cause: refused })
  return refused
}

/** Records of CIFAR-10 whose pixels are black but for the first one: [label, red, green, blue] each. */
const cifar = (...records: readonly [label: number, red: number, green: number, blue: number][]) =>
  Buffer.concat(
    records.map(([label, ...colour]) => {
      const record = Buffer.alloc(3073)
      record[0] = label
      for (const [plane, value] of colour.entries()) record[1 + plane * 1024] = value
      return record
    }),
  )

/** Records of one plain colour each, for statistics. */
const plain = (...colours: readonly [red: number, green: number, blue: number][]) =>
  Buffer.concat(
    colours.map((colour) =>
      Buffer.concat([Buffer.alloc(1), ...colour.map((value) => Buffer.alloc(1024, value))]),
    ),
  )

const [json, weights] = brightestOfTen([32, 32, 3], 1)
const cifarFiles = { 'model.json': json.bytes, 'weights.bin': weights.bytes }
const scoreCifar = ['score', '--format', 'cifar10', '--engine', 'wasm', '--json', '--images', 'images.bin']

it('counts what is right, and prints exactly one line of JSON', async () => {
  // Four digits with one bright pixel each, at 0, 1, 2 and 3; the last one's label is 9. A weight of ln 9 gives the bright
  // pixel's class 9 / (9 + 9 × 1) = ½ after softmax, and every other class 1/18.
  const images = new Uint8Array(4 * 784)
  for (let image = 0; image < 4; image++) images[image * 784 + image] = 255
  const [model, shard] = brightestOfTen([28, 28, 1], Math.log(9))
  const folder = await folderWith({
    'images.idx': idx([4, 28, 28], images),
    'labels.idx': idx([4], Uint8Array.of(0, 1, 2, 9)),
    'model.json': model.bytes,
    'weights.bin': shard.bytes,
  })
  const base = ['score', '--images', 'images.idx', '--labels', 'labels.idx', '--format', 'mnist']
  const args = [...base, '--preprocessing', 'unit', '--engine', 'wasm', 'model.json', 'weights.bin']
  const { code, stdout, stderr } = await runTaikai(folder, [...args, '--json'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^[^\n]+\n$/)
  const result: Record<string, unknown> = JSON.parse(stdout)
  expect(Object.keys(result).slice(0, 6)).toEqual([
    'correct',
    'total',
    'top5Error',
    'crossEntropy',
    'engine',
    'imagesPerSecond',
  ])
  expect(result).toMatchObject({
    correct: 3,
    total: 4,
    top5Error: 0.25, // class 9 comes last of the classes that are equally probable
    crossEntropy: expect.closeTo((3 * Math.log(2) + Math.log(18)) / 4, 6),
    engine: 'wasm',
    parameters: 7840,
  })
  expect(result.imagesPerSecond).toBeGreaterThan(0)
  // The images that the child read are gone again.
  expect(await readdir(dirname(folder))).toHaveLength(1)

  const limited = await runTaikai(folder, [...args, '--limit', '2'])
  expect(limited.code).toBe(0)
  expect(limited.stdout).toMatch(/^correct: 2\ntotal: 2\n/)
})

it.each([
  // Red 200, green 150, blue 10 in the first pixel: as they are, class 0 (red) is the brightest.
  ['raw', [], 0],
  // Red 200 − 200 = 0, green 150, blue 10.
  ['custom', ['--mean', '200,0,0', '--std', '1,1,1'], 1],
  // One number for all channels divides all alike.
  ['custom', ['--mean', '100', '--std', '50'], 0],
  // Blue first.
  ['raw', ['--channel-order', 'bgr'], 2],
  // Means 200, 100, 9 and deviations 50, 100, 1 of the training images: red 0, green 0.5, blue 1.
  ['standardized', ['--train', 'train.bin'], 2],
] as const)('%s %j gives class %i', async (preset, options, expected) => {
  const folder = await folderWith({
    ...cifarFiles,
    'images.bin': cifar([expected, 200, 150, 10], [(expected + 1) % 10, 200, 150, 10]),
    'train.bin': plain([150, 0, 8], [250, 200, 10]),
  })
  const given = options.map((each) => (each === 'train.bin' ? join(folder, each) : each))
  const names = ['weights.bin', 'model.json']
  const { score } = await scoreHere(folder, names, ['--preprocessing', preset, ...given])
  expect(score).toMatchObject({ correct: 1, total: 2 })
})

const jpeg = Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe0), Buffer.alloc(2000, 7)])
const [wrongInput] = brightestOfTen([16, 16, 3], 1)
const [wideJson, wideWeights] = brightestOfTen([32, 32, 3], 1, 100)
it.each([
  ['a missing shard', ['model.json'], 'MODEL_FILES_MISSING', {}],
  [
    'a truncated shard',
    ['model.json', 'weights.bin'],
    'WEIGHTS_TRUNCATED',
    { 'weights.bin': weights.bytes.subarray(0, 4000) },
  ],
  [
    'broken JSON',
    ['model.json', 'weights.bin'],
    'MODEL_JSON_INVALID',
    { 'model.json': json.bytes.subarray(0, 100) },
  ],
  ['a photograph', ['photo.jpg'], 'MODEL_FORMAT_UNSUPPORTED', { 'photo.jpg': jpeg }],
  ['an empty file', ['empty'], 'MODEL_FILE_EMPTY', { empty: '' }],
  [
    'another input shape',
    ['model.json', 'weights.bin'],
    'INPUT_SHAPE_MISMATCH',
    { 'model.json': wrongInput.bytes },
  ],
  [
    '100 outputs',
    ['model.json', 'weights.bin'],
    'OUTPUT_SHAPE_MISMATCH',
    { 'model.json': wideJson.bytes, 'weights.bin': wideWeights.bytes },
  ],
  ['no files', [], 'UPLOAD_NO_FILES', {}],
] as const)('refuses %s by its code, and says why', async (_what, names, code, files) => {
  const folder = await folderWith({ ...cifarFiles, 'images.bin': cifar([0, 1, 0, 0]), ...files })
  const refused = await refusalOf(scoreHere(folder, names, ['--preprocessing', 'unit']))
  expect(refused.code).toBe(code)
  expect(detailOf(refused)).toMatch(/\w+ \w+/)
})

it.each([
  ['an unknown preprocessing', ['--preprocessing', 'half'], 'PREPROCESSING_INVALID'],
  ['a custom one without numbers', ['--preprocessing', 'custom'], 'PREPROCESSING_INVALID'],
  [
    'one that needs training images without them',
    ['--preprocessing', 'standardized'],
    'PREPROCESSING_UNAVAILABLE',
  ],
])('refuses %s by its code', async (_what, options, code) => {
  const folder = await folderWith({ ...cifarFiles, 'images.bin': cifar([0, 1, 0, 0]) })
  const refused = await refusalOf(scoreHere(folder, ['model.json', 'weights.bin'], options))
  expect(refused.code).toBe(code)
  expect(detailOf(refused)).not.toBe('')
})

it('prints a refusal as one line of JSON, with exit status 2', async () => {
  const folder = await folderWith({ ...cifarFiles, 'images.bin': cifar([0, 1, 0, 0]) })
  const refused = await runTaikai(folder, [...scoreCifar, '--preprocessing', 'unit', 'model.json'])
  expect({ code: refused.code, stderr: refused.stderr }).toEqual({ code: 2, stderr: '' })
  expect(refused.stdout).toMatch(/^[^\n]+\n$/)
  expect(JSON.parse(refused.stdout)).toEqual({
    rejected: { code: 'MODEL_FILES_MISSING', detail: expect.stringMatching(/\w+ \w+/) },
  })
})

it('refuses outputs that are not finite, which only the run can find out, likewise', async () => {
  const [model, shard] = brightestOfTen([32, 32, 3], 3e38)
  const folder = await folderWith({
    'model.json': model.bytes,
    'weights.bin': shard.bytes,
    'images.bin': cifar([0, 9, 0, 0]),
  })
  const refused = await runTaikai(folder, [
    ...scoreCifar,
    '--preprocessing',
    'raw',
    'model.json',
    'weights.bin',
  ])
  expect(refused.code).toBe(2)
  expect(JSON.parse(refused.stdout)).toMatchObject({ rejected: { code: 'OUTPUT_NOT_FINITE' } })
})

it.each([
  ['an image file that is cut off', { 'images.bin': Buffer.alloc(3072) }, []],
  ['an image file that is not there', {}, []],
  ['an engine that nobody knows', { 'images.bin': cifar([0, 1, 0, 0]) }, ['--engine', 'abacus']],
  ['a limit of no images', { 'images.bin': cifar([0, 1, 0, 0]) }, ['--limit', '0']],
])('ends with exit status 1 and one line on stderr for %s', async (_what, files, options) => {
  const folder = await folderWith({ ...cifarFiles, ...files })
  const args = [...scoreCifar, '--preprocessing', 'unit', ...options, 'model.json', 'weights.bin']
  const { code, stdout, stderr } = await runTaikai(folder, args)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr.trim().split('\n')).toHaveLength(1)
})
