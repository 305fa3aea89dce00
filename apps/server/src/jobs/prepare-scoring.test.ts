import { expect, it } from 'vitest'
import { StartupError } from '../platform/startup-error.ts'
import { EngineError } from '../scoring/choose-engine.ts'
import { SandboxError } from '../scoring/sandbox.ts'
import { startupErrorOf } from './prepare-scoring.ts'

it.each([
  [
    'walls',
    new SandboxError(['network isolation (unshare)']),
    'network isolation (unshare)',
    'SCORING_SANDBOX=best-effort',
  ],
  ['an engine', new EngineError(['tensorflow: no binding']), 'tensorflow: no binding', 'SCORING_ENGINE=auto'],
])(
  '%s that are not to be had: one sentence of each language names what is missing and what to do',
  (_what, error, missing, mend) => {
    const startup = startupErrorOf(error)
    if (!(startup instanceof StartupError)) throw startup
    const [japanese = '', english = '', ...more] = startup.message.split('\n')
    expect(more).toEqual([])
    expect(japanese).toMatch(/[ぁ-ん]/)
    expect(english).toMatch(/^[\x20-\x7e]+$/)
    for (const sentence of [japanese, english]) {
      expect(sentence).toContain(missing)
      expect(sentence).toContain(mend)
    }
  },
)

it('leaves any other error as it is', () => {
  const error = new Error('what nobody foresaw')
  expect(startupErrorOf(error)).toBe(error)
})
