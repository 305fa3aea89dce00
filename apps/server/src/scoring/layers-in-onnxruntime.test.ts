import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ModelFile } from '@taikai/shared/model/model-file'
import { denseModel, layer, modelFiles, sequential } from '@taikai/shared/model/model-fixtures'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { childLimits } from './child-limits.ts'
import { probeSandbox, type Sandbox } from './sandbox.ts'
import { type ScoringOutcome, scoreInChild } from './score-in-child.ts'

let folder: string
let sandbox: Sandbox
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taikai-translated-'))
  sandbox = await probeSandbox('best-effort', { info: () => undefined, warn: () => undefined })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Images of 1×2 grey pixels, two classes, with the limits of a service that nobody has configured. */
async function score(files: readonly ModelFile[], images: Uint8Array, channels = 1): Promise<ScoringOutcome> {
  const file = join(folder, 'images')
  await writeFile(file, images)
  return scoreInChild({
    files,
    preprocessing: { preset: 'raw', channelOrder: 'rgb', flatOrder: 'hwc' },
    spec: { imageShape: [1, 2, channels], classCount: 2 },
    images: { file, count: images.length / (2 * channels) },
    training: null,
    engine: 'onnxruntime',
    limits: childLimits('onnxruntime', { wallClockMs: 60_000, memoryBytes: 2048 * 1024 ** 2 }),
    sandbox,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
}

it('a translated model gives its outputs from ONNX Runtime, and the receipt names both engines', async () => {
  // a + 2b + 0.5 and 3a + 4b − 1.
  const outcome = await score(denseModel(2, 2, {}, [1, 3, 2, 4, 0.5, -1]), Uint8Array.of(1, 2, 10, 20))
  expect(outcome).toMatchObject({ kind: 'scored', engine: 'onnxruntime', engineNote: null })
  expect(outcome).toMatchObject({
    engineVersion: expect.stringMatching(/^onnxruntime-node \d.*, tfjs-backend-wasm \d/),
    outputs: Float32Array.of(5.5, 10, 50.5, 109),
  })
})

it('a model that has no translation is scored by wasm, and the receipt says why', async () => {
  const topology = sequential(
    [2, 1],
    layer('Masking', { mask_value: 0 }),
    layer('SimpleRNN', { name: 'r', units: 2, use_bias: false, activation: 'linear' }),
  )
  const files = modelFiles(
    topology,
    [
      { name: 'r/kernel', shape: [1, 2] },
      { name: 'r/recurrent_kernel', shape: [2, 2] },
    ],
    [1, 2, 0, 0, 0, 0],
  )
  const outcome = await score(files, Uint8Array.of(3, 0, 3, 4))
  expect(outcome).toMatchObject({ engine: 'wasm', engineNote: 'NOT_TRANSLATABLE' })
  // The masked second step of the first image is left out: its output is that of the first step.
  expect(outcome).toMatchObject({ outputs: Float32Array.of(3, 6, 4, 8) })
})

/**
 * A model on whose outputs the engines cannot agree: x₁w − fround(255 w) is 0 at x₁ = 255 where the product is rounded before the
 * sum (wasm), and what was rounded off where both are one operation (ONNX Runtime on any processor of the last ten years).
 */
function disputedModel(): readonly ModelFile[] {
  const weight = Math.fround(1e6 / 3)
  const product = Math.fround(255 * weight)
  expect(Math.abs(255 * weight - product)).toBeGreaterThan(1)
  const topology = sequential([2], layer('Dense', { name: 'd', units: 2, use_bias: false }))
  return modelFiles(topology, [{ name: 'd/kernel', shape: [2, 2] }], [-product, 0, weight, 0])
}
/** The first pixel is 1, the second one 0, and 255 in the image at `place`. */
const imagesWith = (place: number) =>
  Uint8Array.from({ length: 2 * 70 }, (_, at) => (at % 2 === 0 ? 1 : Math.floor(at / 2) === place ? 255 : 0))

it.each([0, 40, 63])('a difference in image %i sends the whole run to wasm', async (place) => {
  const outcome = await score(disputedModel(), imagesWith(place))
  expect(outcome).toMatchObject({ kind: 'scored', engine: 'onnxruntime', engineNote: 'OUTPUTS_DIFFER' })
  if (outcome.kind === 'scored') expect(outcome.outputs[place * 2]).toBe(0)
})

/** As above behind a convolution, which takes planes and changes nothing: of two pixels of three channels, one value of each. */
function disputedImages(): readonly ModelFile[] {
  const weight = Math.fround(1e6 / 3)
  const kernel = Array.from({ length: 6 * 2 }, () => 0)
  kernel[2] = -Math.fround(255 * weight) // the first pixel's second channel, for the first class
  kernel[10] = weight // the second pixel's third one
  const topology = sequential(
    [1, 2, 3],
    layer('Conv2D', { name: 'c', filters: 3, kernel_size: 1, use_bias: false }),
    layer('Flatten', {}),
    layer('Dense', { name: 'd', units: 2, use_bias: false }),
  )
  const weights = [
    { name: 'c/kernel', shape: [1, 1, 3, 3] },
    { name: 'd/kernel', shape: [6, 2] },
  ]
  return modelFiles(topology, weights, [1, 0, 0, 0, 1, 0, 0, 0, 1, ...kernel])
}

it.each([
  [40, 'OUTPUTS_DIFFER'],
  [65, null],
])(
  'a convolution sees each pixel in its place, and so does wasm, for a difference in image %i',
  async (place, engineNote) => {
    const images = Uint8Array.from({ length: 6 * 70 }, (_, at) =>
      at % 6 === 1 ? 1 : at === 6 * place + 5 ? 255 : at % 6 === 0 ? 7 : 0,
    )
    const outcome = await score(disputedImages(), images, 3)
    expect(outcome).toMatchObject({ kind: 'scored', engine: 'onnxruntime', engineNote })
    if (outcome.kind !== 'scored') return
    const [first] = outcome.outputs
    expect(first).toBe(-Math.fround(255 * Math.fround(1e6 / 3)))
    expect(Math.abs(outcome.outputs[place * 2] ?? Number.NaN)).toBeLessThan(10)
    expect(outcome.outputs[place * 2] === 0).toBe(engineNote !== null)
  },
)

it('a difference behind the first 64 images is not looked for', async () => {
  const outcome = await score(disputedModel(), imagesWith(64))
  expect(outcome).toMatchObject({ kind: 'scored', engineNote: null })
  if (outcome.kind === 'scored') expect(Math.abs(outcome.outputs[64 * 2] ?? 0)).toBeGreaterThan(1)
})
