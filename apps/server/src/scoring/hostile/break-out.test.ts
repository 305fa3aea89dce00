import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { childFile, childNodeArguments } from '../child-arguments.ts'
import { noEngine } from '../protocol.ts'
import { probeSandbox, type Sandbox, sandboxCommand } from '../sandbox.ts'
import type { BreakOutPlan } from './break-out-child.ts'

const silent = { info: () => undefined, warn: () => undefined }
const limits = { wallClockMs: 60_000, cpuSeconds: 60, fairCpuSeconds: 60, memoryBytes: 2e9 }
const breakOutFile = fileURLToPath(new URL('./break-out-child.ts', import.meta.url))
/** Its TypeScript, which is not part of the bundle that a child may read. */
const sources = ['../../package.json', '../*', '../../../../../packages/shared/*'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
)
const isRoot = process.geteuid?.() === 0
let folder: string
let server: Server
let port: number
let connections = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'taikai-break-out-'))
  // Open to everybody, so that only the walls around the child keep it from reading and writing here.
  chmodSync(folder, 0o777)
  writeFileSync(join(folder, 'secret'), 'the labels', { mode: 0o644 })
  server = createServer(() => connections++).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

/** What came of each attempt. `become`: a command that gives root away before anything else. */
async function breakOut(sandbox: Sandbox, become: readonly string[] = []): Promise<Record<string, string>> {
  const plan: BreakOutPlan = { secretFile: join(folder, 'secret'), folder, port, parent: process.pid }
  const [node, ...nodeArguments] = childNodeArguments(noEngine, false, sandbox.user)
  const ownCode = sources.map((path) => `--allow-fs-read=${path}`)
  const instead = nodeArguments.flatMap((argument) =>
    argument === childFile ? [...ownCode, breakOutFile] : [argument],
  )
  const [command, ...args] = sandboxCommand(sandbox, limits, [node, ...instead, JSON.stringify(plan)])
  const [first = command, ...rest] = [...become, command, ...args]
  const child = spawn(first, rest, { env: {}, stdio: ['pipe', 'ignore', 'inherit', 'pipe', 'pipe', 'pipe'] })
  const answer = child.stdio[4]
  if (!(answer instanceof Readable)) throw new Error('the answer pipe is missing')
  return z.record(z.string(), z.string()).parse(JSON.parse(await text(answer)))
}

/** Open files of this process that every child of it gets: ONNX Runtime's log, where another test has loaded it. A worker loads none. */
function filesForChildren(): string {
  const closeOnExec = 0o2000000
  const inherited = (descriptor: string) => {
    const flags = /^flags:\s+(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1]
    return (Number.parseInt(flags ?? '', 8) & closeOnExec) === 0
  }
  return readdirSync('/proc/self/fd')
    .filter((descriptor) => {
      const found = statSync(`/proc/self/fd/${descriptor}`, { throwIfNoEntry: false })
      return found?.isFile() === true && inherited(descriptor)
    })
    .join(' ')
}

function expectHeld(report: Record<string, string>, sandbox: Sandbox): void {
  const { environment, files, ...attempts } = report
  expect(environment).toBe('')
  expect(files).toBe(filesForChildren()) // the model and the images come by pipes
  const done = Object.keys(attempts).filter((name) => attempts[name] === 'DONE')
  const without = [
    ...(sandbox.network.length === 0 ? ['connect to the machine', 'send a datagram'] : []),
    ...(sandbox.limits ? [] : ['take 8 GB of memory', 'take 3 GB of wasm memory']),
    // With one user for both, signals pass; and the root of a user namespace is nobody's root outside.
    ...(sandbox.user === null ? ['signal the parent', 'make itself root'] : []),
  ]
  expect(done.filter((name) => !without.includes(name))).toEqual([])
  expect(readdirSync(folder).toSorted()).toEqual(['secret'])
  expect(readdirSync('.')).not.toContain('left-by-break-out')
  if (sandbox.network.length > 0) expect(connections).toBe(0)
}

/** How this process can start a child: as itself and, when it is root, also as a user. */
const starters = isRoot
  ? [
      { as: 'root', become: [] },
      { as: 'a user', become: ['setpriv', '--reuid=61999', '--regid=61999', '--clear-groups'] },
    ]
  : [{ as: 'a user', become: [] }]

/** What the sandbox is for the one that `become` turns this process into. */
async function sandboxOf(become: readonly string[]): Promise<Sandbox> {
  const probed = await probeSandbox('best-effort', silent)
  if (become.length === 0) return probed
  const unshare = ['unshare', '--net', '--map-root-user']
  const [program = '', ...args] = [...become, ...unshare, 'true']
  const [status] = await once(spawn(program, args, { stdio: 'ignore' }), 'exit')
  return { ...probed, user: null, network: status === 0 ? unshare : [] }
}

describe('a child that a model has taken over', () => {
  it.each(starters)('stays within its walls, started by $as', async ({ become }) => {
    const sandbox = await sandboxOf(become)
    expectHeld(await breakOut(sandbox, become), sandbox)
  })
})
