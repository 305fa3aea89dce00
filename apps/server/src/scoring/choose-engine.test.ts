import type { EngineName } from '@taikai/shared/model/engine-name'
import { expect, it } from 'vitest'
import { chooseEngines, EngineError } from './choose-engine.ts'

function listener() {
  const lines: [fields: object, message: string][] = []
  return { lines, info: (...line: [object, string]) => void lines.push(line), warn: () => undefined }
}
/** Only these work. */
const machine =
  (...working: EngineName[]) =>
  async (engine: EngineName) =>
    working.includes(engine)
      ? { version: `${engine} 1.0` }
      : { code: 'NOT_INSTALLED' as const, detail: `no ${engine} here` }

it.each([
  ['wasm', 'wasm'],
  ['onnxruntime', 'onnxruntime'],
] as const)('%s starts on any machine, and reproduces the known outputs', async (wanted, layers) => {
  const found = await chooseEngines(wanted, listener())
  expect(found).toMatchObject({
    preferred: { layers, graph: 'wasm', onnx: 'onnxruntime' },
    versions: {
      wasm: expect.stringMatching(/^tfjs-backend-wasm \d/),
      onnxruntime: expect.stringMatching(/^onnxruntime-node \d/),
    },
  })
})

it.each([
  [['tensorflow-gpu', 'tensorflow', 'wasm', 'onnxruntime'], 'tensorflow-gpu', 'tensorflow-gpu', 0],
  [['tensorflow', 'wasm', 'onnxruntime'], 'onnxruntime', 'tensorflow', 1],
  [['wasm', 'onnxruntime'], 'onnxruntime', 'wasm', 2],
] as const)(
  'where %j work, auto takes %s for layers and %s for graphs, with one line for each that does not',
  async (working, layers, graph, absent) => {
    const { lines, ...logger } = listener()
    const found = await chooseEngines('auto', logger, machine(...working))
    expect(found.preferred).toEqual({ layers, graph, onnx: 'onnxruntime' })
    expect(lines.filter(([fields]) => 'fault' in fields)).toHaveLength(absent)
    expect(found.refusals).toHaveLength(absent)
  },
)

it('tries each engine once, whichever families it is for', async () => {
  const tried: string[] = []
  await chooseEngines('auto', listener(), async (engine, family) => {
    tried.push(`${engine} ${family}`)
    return engine.startsWith('tensorflow') ? { code: 'NOT_RUNNING', detail: 'absent' } : { version: '1' }
  })
  expect(tried.toSorted()).toEqual([
    'onnxruntime layers',
    'onnxruntime onnx',
    'tensorflow layers',
    'tensorflow-gpu layers',
    'wasm layers',
  ])
})

it('an engine that is forced is taken, though a better one works', async () => {
  expect(
    (await chooseEngines('wasm', listener(), machine('tensorflow', 'onnxruntime', 'wasm'))).preferred,
  ).toEqual({
    layers: 'wasm',
    graph: 'wasm',
    onnx: 'onnxruntime',
  })
})

it('ONNX Runtime runs no GraphModels: they get the best of the others', async () => {
  const { preferred } = await chooseEngines(
    'onnxruntime',
    listener(),
    machine('onnxruntime', 'tensorflow', 'wasm'),
  )
  expect(preferred).toEqual({ layers: 'onnxruntime', graph: 'tensorflow', onnx: 'onnxruntime' })
})

it('without ONNX Runtime there is no engine for ONNX, and Layers models are scored all the same', async () => {
  expect((await chooseEngines('auto', listener(), machine('wasm'))).preferred).toEqual({
    layers: 'wasm',
    graph: 'wasm',
    onnx: null,
  })
})

it('an engine that is forced and does not work is no other engine', async () => {
  const refusal = await chooseEngines('tensorflow', listener(), machine('wasm')).catch(
    (error: unknown) => error,
  )
  expect(refusal).toBeInstanceOf(EngineError)
  expect(refusal).toMatchObject({ faults: ['tensorflow: no tensorflow here'] })
})

it('where none works, every one says why', async () => {
  await expect(chooseEngines('auto', listener(), machine())).rejects.toMatchObject({
    faults: [
      'tensorflow-gpu: no tensorflow-gpu here',
      'onnxruntime: no onnxruntime here',
      'tensorflow: no tensorflow here',
      'wasm: no wasm here',
    ],
  })
})

it('tells versions of what works, and of what does not why', async () => {
  expect(await chooseEngines('auto', listener(), machine('onnxruntime', 'wasm'))).toMatchObject({
    versions: { onnxruntime: 'onnxruntime 1.0', wasm: 'wasm 1.0' },
    refusals: [
      {
        engine: 'tensorflow-gpu',
        family: 'layers',
        code: 'NOT_INSTALLED',
        detail: 'no tensorflow-gpu here',
      },
      { engine: 'tensorflow', family: 'layers', code: 'NOT_INSTALLED', detail: 'no tensorflow here' },
    ],
  })
})
