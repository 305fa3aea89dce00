import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { probeSandbox, SandboxError } from './sandbox.ts'

const walls = [
  'network isolation (unshare)',
  'no-new-privileges (setpriv)',
  'limits on memory and processor time (prlimit)',
]
function listener() {
  const warned: object[] = []
  return { warned, info: () => undefined, warn: (fields: object) => void warned.push(fields) }
}

describe('on a machine without the tools', () => {
  afterEach(() => void vi.unstubAllEnvs())
  const hideTools = () => {
    const empty = mkdtempSync(`${tmpdir()}/taikai-no-tools-`)
    onTestFinished(() => rmSync(empty, { recursive: true }))
    vi.stubEnv('PATH', empty)
  }

  it('“require” refuses, and names everything that is missing', async () => {
    hideTools()
    const { warned, ...logger } = listener()
    const refusal = await probeSandbox('require', logger).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(SandboxError)
    expect(refusal).toMatchObject({ missing: walls })
    expect(warned).toEqual([])
  })

  it('“best-effort” leaves out what is missing, and says so', async () => {
    hideTools()
    const { warned, ...logger } = listener()
    const sandbox = await probeSandbox('best-effort', logger)
    expect(sandbox).toMatchObject({ network: [], noNewPrivileges: false, limits: false, missing: walls })
    expect(warned).toEqual([{ missing: walls }])
    // A change of user needs no tool.
    expect(sandbox.user !== null).toBe(process.geteuid?.() === 0)
  })
})

it('“require” and “best-effort” agree on this machine', async () => {
  const { warned, ...logger } = listener()
  const sandbox = await probeSandbox('best-effort', logger)
  expect(warned).toHaveLength(sandbox.missing.length > 0 ? 1 : 0)
  const required = await probeSandbox('require', logger).catch((error: unknown) => error)
  if (sandbox.missing.length === 0) expect(required).toEqual(sandbox)
  else expect(required).toMatchObject({ missing: sandbox.missing })
})
