/**
 * Stands where a model would that has taken over the scoring child: same walls, same rights, same descriptors. Tries to get out in
 * every way known here and answers with what came of each. Usage: node break-out-child.ts none [UID GID] PLAN
 */
import { fork, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { fstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync, writeSync } from 'node:fs'
import { connect } from 'node:net'
import { writeHeapSnapshot } from 'node:v8'
import { runInThisContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { descriptors } from '../pipes.ts'

export type BreakOutPlan = { secretFile: string; folder: string; port: number; parent: number }

const plan: BreakOutPlan = JSON.parse(process.argv.at(-1) ?? '')
const [, uid, gid] = process.argv.slice(2, -1)
if (uid !== undefined && gid !== undefined) {
  process.setgroups?.([])
  process.setgid?.(Number(gid))
  process.setuid?.(Number(uid))
}

const attempts: Readonly<Record<string, () => unknown>> = {
  'read a secret': () => readFileSync(plan.secretFile, 'utf8'),
  'read the accounts': () => readFileSync('/etc/passwd', 'utf8'),
  'list the root': () => readdirSync('/'),
  'read the environment of the parent': () => readFileSync(`/proc/${plan.parent}/environ`),
  'read the memory of the parent': () => readFileSync(`/proc/${plan.parent}/mem`),
  'read the secret in a worker': () =>
    inWorker(`require('node:fs').readFileSync(${JSON.stringify(plan.secretFile)})`),
  'write beside the secret': () => writeFileSync(`${plan.folder}/left`, 'x'),
  'write in the working folder': () => writeFileSync('left-by-break-out', 'x'),
  'make a link': () => symlinkSync('/etc/passwd', `${plan.folder}/link`),
  'write a heap snapshot': () => writeHeapSnapshot(`${plan.folder}/heap`),
  'write a report': () => {
    const file = process.report?.writeReport(`${plan.folder}/report.json`)
    if (file === undefined || file === '') throw new Error('no report')
  },
  'start a program': () => {
    const { error, status } = spawnSync('/bin/true')
    if (error !== undefined || status !== 0) throw error ?? new Error(`status ${status}`)
  },
  'fork itself': () => fork(process.argv[1] ?? ''),
  'load native code': () => process.dlopen({ exports: {} }, '/nowhere.node'),
  'open a debugger': async () => (await import('node:inspector')).open(0),
  'make itself root': () => process.setuid?.(0),
  'signal the parent': () => process.kill(plan.parent, 0),
  'connect to the machine': () => reached(plan.port),
  'send a datagram': () => sent(plan.port),
  'take 8 GB of memory': () => {
    const taken: Uint8Array[] = []
    for (let each = 0; each < 16; each++) taken.push(new Uint8Array(5e8).fill(1))
  },
  // As text: Node's types know no WebAssembly.
  'take 3 GB of wasm memory': () =>
    runInThisContext(
      'const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 }); memory.grow(49152); new Uint8Array(memory.buffer).fill(1)',
    ),
}

function inWorker(code: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(code, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } })
    worker.once('error', reject)
    worker.once('exit', () => resolve())
  })
}

function reached(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', resolve)
    socket.once('error', reject)
  })
}

function sent(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    createSocket('udp4').send('x', port, '127.0.0.1', (error) => (error === null ? resolve() : reject(error)))
  })
}

const report: Record<string, string> = {}
for (const [name, attempt] of Object.entries(attempts)) {
  try {
    await attempt()
    report[name] = 'DONE'
  } catch (error) {
    report[name] = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}
report.environment = Object.keys(process.env).join(' ')
/** Open descriptors of files, by number: code is loaded, so none is left but what was given. */
report.files = Array.from({ length: 64 }, (_, at) => at)
  .filter((at) => {
    try {
      return fstatSync(at).isFile()
    } catch {
      return false
    }
  })
  .join(' ')
writeSync(descriptors.answer, JSON.stringify(report))
process.exit(0)
