import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { idx } from '../features/datasets/formats/test-files.ts'
import { brightestOfTen, folderWith, runTaikai } from './test-command.ts'
import { npyFile } from './test-npy.ts'

const count = 1000
/** Three quarters of the labels are what the model says. */
const predicted = Array.from({ length: count }, (_, image) => image % 10)
const labels = predicted.map((label, image) => (image % 4 === 3 ? (label + 1) % 10 : label))
/** What the model gives for input 0..1: 1 for the bright value, else 0. */
const outputs = Float32Array.from({ length: count * 10 }, (_, at) =>
  at % 10 === predicted[Math.floor(at / 10)] ? 1 : 0,
)

/** Value k of an image's flattened pixels lies in channel k mod 3 of pixel k div 3; the file holds planes. */
const cifarImages = Buffer.concat(
  labels.map((label, image) => {
    const record = Buffer.alloc(3073)
    const bright = predicted[image] ?? 0
    record[0] = label
    record[1 + (bright % 3) * 1024 + Math.floor(bright / 3)] = 255
    return record
  }),
)
const mnistImages = Buffer.concat(predicted.map((bright) => Buffer.alloc(784).fill(255, bright, bright + 1)))

function off(by: number): Buffer {
  const changed = outputs.slice()
  changed[4321] = (changed[4321] ?? 0) + by
  return npyFile(changed, [count, 10])
}
const scores = (correct: number, dataset = 'cifar10') => ({
  dataset,
  expect: 'scores',
  reference: { file: 'ref_first1000.npy', preprocessing: '/255', correct_first1000: correct },
})

/** Lays models and data out as the command expects them, and runs it. */
async function accept(models: Record<string, { meta: object; reference?: Buffer; broken?: true }>) {
  const folder = await folderWith({})
  const write = async (path: string, bytes: Uint8Array | string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
  await write('data/cifar10/test_first1000_lossless.bin', cifarImages)
  await write('data/mnist/t10k-images-idx3-ubyte.gz', gzipSync(idx([count, 28, 28], mnistImages)))
  await write('data/mnist/t10k-labels-idx1-ubyte.gz', gzipSync(idx([count], Uint8Array.from(labels))))
  for (const [name, { meta, reference, broken }] of Object.entries(models)) {
    const [json, weights] = brightestOfTen(
      'dataset' in meta && meta.dataset === 'mnist' ? [28, 28, 1] : [32, 32, 3],
      1,
    )
    await write(`models/${name}/meta.json`, JSON.stringify(meta))
    await write(`models/${name}/model.json`, broken ? json.bytes.subarray(0, 50) : json.bytes)
    await write(`models/${name}/weights.bin`, weights.bytes)
    if (reference !== undefined) await write(`models/${name}/ref_first1000.npy`, reference)
  }
  const { code, stdout, stderr } = await runTaikai(folder, [
    'acceptance',
    'models',
    '--data',
    'data',
    '--engine',
    'wasm',
  ])
  return { code, stderr, lines: stdout.trimEnd().split('\n') }
}

it('ends with exit status 0 when every model is as known', async () => {
  const { code, lines, stderr } = await accept({
    'cifar-model': { meta: scores(750), reference: off(5e-5) },
    'mnist-model': { meta: scores(750, 'mnist'), reference: off(0) },
    refused: { meta: { dataset: 'cifar10', expect: 'reject' }, broken: true },
  })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(lines).toEqual([
    'ok   cifar-model: expected 750/1000, found 750/1000 by wasm, outputs within 5.0e-5',
    'ok   mnist-model: expected 750/1000, found 750/1000 by wasm, outputs within 0.0e+0',
    expect.stringMatching(/^ok {3}refused: expected a refusal, found MODEL_JSON_INVALID: \w+/),
    '3 models, 0 with a difference',
  ])
})

it('names every difference, and ends with exit status 1', async () => {
  const { code, lines } = await accept({
    'a-right': { meta: scores(750), reference: off(0) },
    'b-count': { meta: scores(751), reference: off(0) },
    'c-outputs': { meta: scores(750), reference: off(2e-4) },
    'd-rows': { meta: scores(750), reference: npyFile(outputs.subarray(0, 10).slice(), [1, 10]) },
    'e-accepted': { meta: { dataset: 'cifar10', expect: 'reject' } },
    'f-refused': { meta: scores(750), reference: off(0), broken: true },
  })
  expect(code).toBe(1)
  expect(lines).toEqual([
    'ok   a-right: expected 750/1000, found 750/1000 by wasm, outputs within 0.0e+0',
    'DIFF b-count: expected 751/1000, found 750/1000 by wasm, outputs within 0.0e+0',
    'DIFF c-outputs: expected 750/1000, found 750/1000 by wasm, outputs within 2.0e-4',
    'DIFF d-rows: expected 750/1000, found 750/1000 by wasm, outputs within Infinity',
    'DIFF e-accepted: expected a refusal, found 750/1000',
    expect.stringMatching(/^DIFF f-refused: expected 750\/1000, found MODEL_JSON_INVALID: /),
    '6 models, 5 with a difference',
  ])
})
