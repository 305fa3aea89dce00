import { expect, it } from 'vitest'
import { createWaitReporter } from './wait-reporter.ts'

it('says each change once, however often it is told', () => {
  const lines: string[] = []
  const report = createWaitReporter({
    warn: (_fields: unknown, message?: string) => void lines.push(`warn ${message}`),
    info: (message: unknown) => void lines.push(`info ${message}`),
  })
  for (const engines of [[], [], ['tensorflow'], ['tensorflow'], ['tensorflow', 'wasm'], [], []])
    report(engines)
  expect(lines).toEqual([
    expect.stringMatching(/^warn .*engine tensorflow:/),
    expect.stringMatching(/^warn .*engine tensorflow, wasm:/),
    expect.stringMatching(/^info no run waits/),
  ])
})
