import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { denseH5 } from '@taikai/shared/model/keras/test-hdf5'
import type { ModelFile } from '@taikai/shared/model/model-file'
import { denseModel } from '@taikai/shared/model/model-fixtures'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'

/** An account that owns the checkout, and is not root. */
const ownerId = 61_500
const isRoot = process.geteuid?.() === 0
const checkout = fileURLToPath(new URL('../../../..', import.meta.url))
/** So many that the child goes on while it is looked at. */
const imageCount = 8000
let home: string

/** What a scoring child loads, in a home that only its owner may enter. */
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'taikai-private-')) // mode 700
  const code = globSync(
    [
      'package.json',
      'apps/server/package.json',
      'apps/server/dist/*',
      'apps/server/src/scoring/*.ts',
      'apps/server/src/platform/startup-error.ts',
      'apps/server/node_modules/{zod,h5wasm,@taikai/shared,@tensorflow/tfjs-*}',
      'packages/shared/{package.json,src,node_modules}',
      'node_modules/.pnpm/{@tensorflow+tfjs-{core,layers,converter,backend-cpu,backend-wasm},@bufbuild+protobuf,h5wasm,zod,fflate,long,seedrandom}@*',
    ],
    { cwd: checkout },
  )
  for (const path of code) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    cpSync(join(checkout, path), join(home, path), { recursive: true, verbatimSymlinks: true })
  }
  cpSync(process.execPath, join(home, 'node'))
  const encoded = (files: readonly ModelFile[]) =>
    files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }))
  const models = { tfjs: encoded(denseModel(4, 2)), keras: encoded([await denseH5(4, 2)]) }
  writeFileSync(join(home, 'images'), new Uint8Array(imageCount * 4))
  writeFileSync(
    join(home, 'parent.mjs'),
    `import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
     import { probeSandbox } from './apps/server/src/scoring/sandbox.ts'
     import { scoreInChild } from './apps/server/src/scoring/score-in-child.ts'
     import { startChild } from './apps/server/src/scoring/start-child.ts'
     const [format, reader] = process.argv.slice(2)
     const files = ${JSON.stringify(models)}[format]
     const silent = { info() {}, warn() {} }
     const sandbox = await probeSandbox('best-effort', silent)
     let child
     const look = () => {
       const pids = readdirSync('/proc/self/task').flatMap((thread) =>
         readFileSync('/proc/self/task/' + thread + '/children', 'utf8').trim().split(' '))
       const pid = pids.find((each) => each !== '' && readFileSync('/proc/' + each + '/cmdline', 'utf8').includes('scoring-child'))
       child ??= pid === undefined ? undefined : {
         status: readFileSync('/proc/' + pid + '/status', 'utf8'),
         limits: readFileSync('/proc/' + pid + '/limits', 'utf8'),
         ownNetwork: readlinkSync('/proc/' + pid + '/ns/net') !== readlinkSync('/proc/self/ns/net'),
       }
     }
     const outcome = await scoreInChild({
       files: files.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') })),
       preprocessing: { preset: 'raw', channelOrder: 'rgb', flatOrder: 'hwc' },
       spec: { imageShape: [2, 2, 1], classCount: 2 },
       images: { file: ${JSON.stringify(join(home, 'images'))}, count: ${imageCount} },
       training: null, engine: 'wasm', sandbox, onProgress: look, signal: new AbortController().signal,
       limits: { wallClockMs: 60000, cpuSeconds: 60, fairCpuSeconds: 60, memoryBytes: 2147483648 },
     }, reader === 'no-reader' ? (plan) => startChild({ ...plan, hdf5: false }) : startChild)
     console.log(JSON.stringify({ sandbox, outcome, child }))`,
  )
})
afterAll(() => rmSync(home, { recursive: true }))

const reportSchema = z.object({
  sandbox: z.object({
    network: z.array(z.string()),
    noNewPrivileges: z.boolean(),
    limits: z.boolean(),
    user: z.object({ uid: z.number() }).nullable(),
  }),
  outcome: z.object({ kind: z.string() }),
  child: z.object({ status: z.string(), limits: z.string(), ownNetwork: z.boolean() }),
})

type Format = 'tfjs' | 'keras'

/** Scores one model from that checkout in a process of that user, which need not be the test's. */
const scoreAs = async (user: { uid: number; gid: number } | null, format: Format) =>
  reportSchema.parse(await reportOf(user, format))

async function reportOf(
  user: { uid: number; gid: number } | null,
  ...args: [Format] | [Format, 'no-reader']
) {
  const parent = spawn(join(home, 'node'), [join(home, 'parent.mjs'), ...args], {
    cwd: '/',
    env: { PATH: process.env.PATH },
    ...user,
  })
  const [stdout, stderr] = await Promise.all([text(parent.stdout), text(parent.stderr), once(parent, 'exit')])
  expect(stderr).toBe('')
  const report: unknown = JSON.parse(stdout)
  return report
}

function expectWalls({ sandbox, child }: z.infer<typeof reportSchema>, uid: number) {
  expect(child.status).toMatch(new RegExp(`^Uid:${`\\s+${uid}`.repeat(4)}$`, 'm'))
  expect(child.ownNetwork).toBe(sandbox.network.length > 0)
  expect(/^NoNewPrivs:\s+1$/m.test(child.status)).toBe(sandbox.noNewPrivileges)
  expect(/^Max data size\s+2147483648\s/m.test(child.limits)).toBe(sandbox.limits)
}

/** Whether a user can read the checkout's code. */
const reads = (user: { uid: number; gid: number }) =>
  spawnSync('cat', [join(home, 'package.json')], { cwd: '/', ...user }).status === 0

it.each(['tfjs', 'keras'] as const)(
  'the owner of a private checkout scores %s in it: root’s child as another user, anybody else’s as themselves',
  async (format) => {
    const report = await scoreAs(null, format)
    expect(report.outcome.kind).toBe('scored')
    expect(report.sandbox.user !== null).toBe(isRoot)
    const uid = report.sandbox.user?.uid ?? process.getuid?.() ?? 0
    expectWalls(report, uid)
    // The child’s user could not have loaded the code by itself.
    if (isRoot) expect(reads({ uid, gid: uid })).toBe(false)
    else expect(uid).not.toBe(0)
  },
)

it('HDF5 that a child cannot load the reader for any more is no fault of the model’s', async () => {
  const { outcome } = z
    .object({ outcome: z.object({ kind: z.string(), code: z.string().optional() }) })
    .parse(await reportOf(null, 'keras', 'no-reader'))
  // Who is not root stays who they are, and can still read the code.
  expect(outcome).toEqual(isRoot ? { kind: 'failed', code: 'SCORING_INTERRUPTED' } : { kind: 'scored' })
})

it('an owner who is not root changes no user, and keeps the other walls', async () => {
  const owner = isRoot ? { uid: ownerId, gid: ownerId } : null
  if (owner !== null) {
    expect(spawnSync('chown', ['-R', `${ownerId}:${ownerId}`, home]).status).toBe(0)
    expect(reads({ uid: ownerId + 1, gid: ownerId + 1 })).toBe(false)
  }
  const report = await scoreAs(owner, 'tfjs')
  expect(report).toMatchObject({ outcome: { kind: 'scored' }, sandbox: { user: null } })
  expectWalls(report, owner?.uid ?? process.getuid?.() ?? 0)
})
