import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImageSpec, ModelFile } from '@taikai/shared/model/model-file'
import {
  floats,
  graphOf,
  ints,
  node,
  onnxFile,
  onnxFiles,
  pick,
  value,
} from '@taikai/shared/model/onnx/onnx-fixtures'
import type { OnnxGraph } from '@taikai/shared/model/onnx/onnx-model'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { probeSandbox, type Sandbox } from './sandbox.ts'
import { type ScoringOutcome, scoreInChild } from './score-in-child.ts'

const spec: ImageSpec = { imageShape: [2, 2, 3], classCount: 4 }
const images = Uint8Array.from({ length: 12 * 40 }, (_, at) => at % 251)
let folder: string
let sandbox: Sandbox

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taikai-onnx-'))
  await writeFile(join(folder, 'images'), images)
  sandbox = await probeSandbox('best-effort', { info: () => undefined, warn: () => undefined })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function score(
  graph: Partial<OnnxGraph>,
  { cpuSeconds = 60, write = (whole: Partial<OnnxGraph>): ModelFile[] => [onnxFile(whole)] } = {},
): Promise<ScoringOutcome> {
  return scoreInChild({
    files: write({ inputs: [value('x', ['n', 3, 2, 2])], outputs: [value('y', ['n', 4])], ...graph }),
    preprocessing: { preset: 'raw', channelOrder: 'rgb', flatOrder: 'hwc' },
    spec,
    images: { file: join(folder, 'images'), count: 40 },
    training: null,
    engine: 'onnxruntime',
    limits: { wallClockMs: 50_000, cpuSeconds, fairCpuSeconds: 40, memoryBytes: 1_500_000_000 },
    sandbox,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
}

const picked = (from: string) => ({
  nodes: [node('Flatten', [from], ['flat']), node('MatMul', ['flat', 'pick'], ['y'])],
  initializers: [floats('pick', [12, 4], pick(12, 4))],
})

describe('an ONNX model in the scoring child', () => {
  it.each([
    ['in one file', (whole: Partial<OnnxGraph>) => [onnxFile(whole)]],
    ['with its weights in a file beside it', (whole: Partial<OnnxGraph>) => onnxFiles(whole)],
  ])('gives one row of outputs per image: %s', async (_how, write) => {
    const outcome = await score(picked('x'), { write })
    expect(outcome).toMatchObject({ kind: 'scored', engine: 'onnxruntime' })
    if (outcome.kind !== 'scored') return
    // Channel by channel: the first channel of the four pixels.
    const expected = Array.from({ length: 40 }, (_, image) =>
      [0, 3, 6, 9].map((at) => images[image * 12 + at] ?? 0),
    )
    expect([...outcome.outputs]).toEqual(expected.flat())
  })

  it('is held by the limit on memory', async () => {
    const { nodes, initializers } = picked('brighter')
    const outcome = await score({
      nodes: [
        node('Pad', ['x', 'edges'], ['wide']),
        node('ReduceMax', ['wide'], ['largest'], { keepdims: 0 }),
        node('Add', ['x', 'largest'], ['brighter']),
        ...nodes,
      ],
      // 3 × 60,000 × 60,000 values of four bytes
      initializers: [...initializers, ints('edges', [0, 0, 0, 0, 0, 0, 60_000, 60_000])],
    })
    expect(outcome).toEqual({ kind: 'rejected', code: 'OUT_OF_MEMORY', params: {} })
  })

  it('is held by the limit on processor time', async () => {
    const { nodes, initializers } = picked('x')
    const body = graphOf({
      nodes: [node('MatMul', ['carried', 'carried'], ['product']), node('Identity', ['going'], ['still'])],
      inputs: [value('round', [], 7), value('going', [], 9), value('carried', [300, 300])],
      outputs: [value('still', [], 9), value('product', [300, 300])],
    })
    const outcome = await score(
      {
        nodes: [
          ...nodes,
          node('Loop', ['rounds', '', 'square'], ['after'], { body }),
          node('ReduceMax', ['after'], ['largest'], { keepdims: 0 }),
          node('Add', ['y', 'largest'], ['sum']),
        ],
        initializers: [
          ...initializers,
          ints('rounds', [400_000], []),
          floats('square', [300, 300], new Array<number>(90_000).fill(0)),
        ],
        outputs: [value('sum', ['n', 4])],
      },
      { cpuSeconds: 5 },
    )
    expect(outcome).toEqual({ kind: 'rejected', code: 'MODEL_TOO_SLOW', params: {} })
  })

  it('cannot tell pixels by what goes wrong with them', async () => {
    const { nodes, initializers } = picked('x')
    const outcome = await score({
      // Looks up y[pixel] with one entry: fine on a black image, and an error that names the pixel on any other.
      nodes: [
        ...nodes,
        node('Cast', ['y'], ['whole'], { to: 7 }),
        node('Gather', ['table', 'whole'], ['found']),
      ],
      initializers: [...initializers, floats('table', [1], [1])],
      outputs: [value('found', ['n', 4])],
    })
    expect(outcome).toEqual({ kind: 'rejected', code: 'MODEL_TOPOLOGY_INVALID', params: {} })
  })

  it('is told which operator is not known', async () => {
    const { nodes, initializers } = picked('other')
    const outcome = await score({ nodes: [node('Sharpen', ['x'], ['other']), ...nodes], initializers })
    expect(outcome).toEqual({ kind: 'rejected', code: 'LAYER_UNSUPPORTED', params: { layer: 'Sharpen' } })
  })
})
