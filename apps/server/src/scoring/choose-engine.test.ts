import type { EngineName } from '@taikai/shared/model/engine-name'
import { expect, it } from 'vitest'
import { chooseEngine, EngineError } from './choose-engine.ts'

function listener() {
  const lines: [fields: object, message: string][] = []
  return { lines, info: (...line: [object, string]) => void lines.push(line), warn: () => undefined }
}
/** Only these work. */
const machine =
  (...working: EngineName[]) =>
  async (engine: EngineName) =>
    working.includes(engine) ? null : `no ${engine} here`

it('the wasm engine starts on any machine, and reproduces the known outputs', async () => {
  expect(await chooseEngine('wasm', listener())).toBe('wasm')
})

it.each([
  [['tensorflow-gpu', 'tensorflow', 'wasm'], 'tensorflow-gpu', 0],
  [['tensorflow', 'wasm'], 'tensorflow', 1],
  [['wasm'], 'wasm', 2],
] as const)(
  'where %j work, auto takes %s, with one line for each that does not',
  async (working, best, absent) => {
    const { lines, ...logger } = listener()
    expect(await chooseEngine('auto', logger, machine(...working))).toBe(best)
    expect(lines.filter(([fields]) => 'fault' in fields)).toHaveLength(absent)
    expect(lines).toHaveLength(absent + 1)
  },
)

it('an engine that is forced is taken, though a better one works', async () => {
  expect(await chooseEngine('wasm', listener(), machine('tensorflow', 'wasm'))).toBe('wasm')
})

it('an engine that is forced and does not work is no other engine', async () => {
  const refusal = await chooseEngine('tensorflow', listener(), machine('wasm')).catch(
    (error: unknown) => error,
  )
  expect(refusal).toBeInstanceOf(EngineError)
  expect(refusal).toMatchObject({ faults: ['tensorflow: no tensorflow here'] })
})

it('where none works, every one says why', async () => {
  await expect(chooseEngine('auto', listener(), machine())).rejects.toMatchObject({
    faults: [
      'tensorflow-gpu: no tensorflow-gpu here',
      'tensorflow: no tensorflow here',
      'wasm: no wasm here',
    ],
  })
})
