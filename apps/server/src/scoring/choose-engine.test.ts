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
    working.includes(engine) ? null : `no ${engine} here`

it('wasm and ONNX Runtime start on any machine, and reproduce the known outputs', async () => {
  expect(await chooseEngines('wasm', listener())).toEqual({
    layers: 'wasm',
    graph: 'wasm',
    onnx: 'onnxruntime',
  })
})

it.each([
  [['tensorflow-gpu', 'tensorflow', 'wasm', 'onnxruntime'], 'tensorflow-gpu', 0],
  [['tensorflow', 'wasm', 'onnxruntime'], 'tensorflow', 1],
  [['wasm', 'onnxruntime'], 'wasm', 2],
] as const)(
  'where %j work, auto takes %s, with one line for each that does not',
  async (working, best, absent) => {
    const { lines, ...logger } = listener()
    expect(await chooseEngines('auto', logger, machine(...working))).toEqual({
      layers: best,
      graph: best,
      onnx: 'onnxruntime',
    })
    expect(lines.filter(([fields]) => 'fault' in fields)).toHaveLength(absent)
  },
)

it('an engine that is forced is taken, though a better one works', async () => {
  expect(await chooseEngines('wasm', listener(), machine('tensorflow', 'wasm'))).toMatchObject({
    layers: 'wasm',
  })
})

it('without ONNX Runtime there is no engine for ONNX, and Layers models are scored all the same', async () => {
  expect(await chooseEngines('auto', listener(), machine('wasm'))).toEqual({
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
      'tensorflow: no tensorflow here',
      'wasm: no wasm here',
    ],
  })
})
