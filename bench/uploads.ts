// node bench/uploads.ts
// Bytes a second of an upload, from the arrival of its headers until all of it lies on the disk: the real route (who asks, quota, limits,
// hashing), beside a bare Fastify route that writes the same multipart body to the same disk. All flush what they wrote (fsync). What the
// route adds shows beside `buffered`, a bare route that lets as much wait in memory for the disk; Node's own is a sixteenth of that.
// What follows, inspection, is left out. The client is a process of its own. Writes bench/results/uploads.json.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyInstance } from 'fastify'
import { TaikaiError } from '../packages/shared/src/errors.ts'
import { quantile, signedIn, withFilledService } from './filled-service.ts'
import { writeResults } from './results-file.ts'
import type { UploadRequest } from './upload-client.ts'

const sizes = [
  { megabytes: 1, turns: 15 },
  { megabytes: 10, turns: 9 },
  { megabytes: 30, turns: 7 },
  { megabytes: 200, turns: 5 },
]
const aim = 0.8
const url = '/api/rounds/round-1/submissions'
const anyPort = { host: '127.0.0.1', port: 0 }
const size = { rounds: 1, entries: 5, submissions: 5 }

// What a turn leaves in memory (the service reads the whole model for its inspection) is not for the next one to clear away.
setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

type Turn = { ms: number; cpuMs: number }
/** The turn that is measured: begun by a request's headers, ended when all is on the disk. */
let begun = { at: 0, cpu: process.cpuUsage() }
let finished: Turn | null = null
let stored: Turn | null = null

function begin(app: FastifyInstance): void {
  app.server.prependListener('request', () => {
    begun = { at: performance.now(), cpu: process.cpuUsage() }
  })
}
function finish(): void {
  const { user, system } = process.cpuUsage(begun.cpu)
  finished = { ms: performance.now() - begun.at, cpuMs: (user + system) / 1000 }
}

async function bareApp(folder: string, buffer: { highWaterMark?: number }): Promise<FastifyInstance> {
  const app = Fastify()
  begin(app)
  await app.register(multipart, { limits: { fileSize: 2 ** 30 } })
  app.post(url, async (request) => {
    const path = join(folder, 'bare')
    for await (const part of request.parts()) {
      if (part.type === 'file')
        await pipeline(part.file, createWriteStream(path, { flags: 'wx', flush: true, ...buffer }))
    }
    finish()
    stored = finished
    rmSync(path)
    return {}
  })
  return app
}

const rows = await withFilledService(
  size,
  async (service) => {
    const { app, prisma, dataDir } = service
    begin(app)
    await prisma.round.updateMany({ data: { uploadMaxBytes: 200 * 1024 ** 2 } })
    const student = await signedIn(service, 'STUDENT')
    const joined = await student.post('/api/rounds/round-1/join', { joinCode: 'J1' })
    if (joined.statusCode >= 300) throw new Error(joined.body)
    const bareFolder = join(dataDir, 'bare')
    mkdirSync(bareFolder)
    const bare = await bareApp(bareFolder, {})
    const buffered = await bareApp(bareFolder, { highWaterMark: 1024 ** 2 })
    const addresses = {
      bare: await bare.listen(anyPort),
      buffered: await buffered.listen(anyPort),
      service: await app.listen(anyPort),
    }
    const client = fork(fileURLToPath(new URL('upload-client.ts', import.meta.url)))
    const upload = async (to: keyof typeof addresses, megabytes: number): Promise<Turn> => {
      stored = null
      collectGarbage()
      client.send({
        url: `${addresses[to]}${url}`,
        cookie: student.cookie,
        megabytes,
      } satisfies UploadRequest)
      const [answer] = await once(client, 'message')
      if (stored === null) throw new Error(`the upload was answered with ${answer}`)
      return stored
    }
    const rows = []
    for (const { megabytes, turns } of sizes) {
      const times: Record<keyof typeof addresses, Turn[]> = { bare: [], buffered: [], service: [] }
      for (let turn = -5; turn < turns; turn++) {
        for (const to of ['bare', 'buffered', 'service'] as const) {
          const taken = await upload(to, megabytes)
          if (turn >= 0) times[to].push(taken)
        }
      }
      const median = (of: Turn[], key: keyof Turn) =>
        quantile(
          of.map((turn) => turn[key]).toSorted((a, b) => a - b),
          0.5,
        )
      const rounded = (value: number) => Math.round(100 * value) / 100
      const [ms, bareMs] = [median(times.service, 'ms'), median(times.bare, 'ms')]
      const [cpuMs, bareCpuMs] = [median(times.service, 'cpuMs'), median(times.bare, 'cpuMs')]
      const bufferedMs = median(times.buffered, 'ms')
      rows.push({
        megabytes,
        turns,
        ms: rounded(ms),
        bareMs: rounded(bareMs),
        megabytesPerSecond: Math.round((1000 * megabytes) / ms),
        ratio: rounded(bareMs / ms),
        bufferedMs: rounded(bufferedMs),
        bufferedRatio: rounded(bufferedMs / ms),
        cpuMs: rounded(cpuMs),
        bareCpuMs: rounded(bareCpuMs),
        bufferedCpuMs: rounded(median(times.buffered, 'cpuMs')),
      })
    }
    client.kill()
    await once(client, 'exit')
    await bare.close()
    await buffered.close()
    return rows
  },
  {
    // The last that the service does before it inspects, and the first once the body is stored, is to look at the clock.
    now: () => {
      finish()
      return new Date()
    },
    inspect: async () => {
      stored = finished
      throw new TaikaiError('MODEL_FORMAT_UNKNOWN')
    },
  },
)
writeResults('uploads', rows)
const slow = rows.filter(({ ratio }) => ratio < aim)
if (slow.length > 0)
  throw new Error(
    `under ${aim} of plain streaming: ${slow.map(({ megabytes }) => `${megabytes} MB`).join(', ')}`,
  )
