import { createHash } from 'node:crypto'
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Download, downloadListSchema } from '@taikai/shared/wire/dataset'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { TestClient } from '../../http/test-client.ts'
import { registeredStudent, seedRound, signedInInstructor } from '../../http/test-data.ts'
import type { OfficialFile } from './formats/official-files.ts'
import { idx } from './formats/test-files.ts'

type Answer = (request: IncomingMessage, response: ServerResponse, file: Buffer) => unknown

/** MNIST's test set with four images: two files, as its makers have them. */
const files: Record<string, Buffer> = {
  'images.gz': gzipSync(
    idx(
      [4, 28, 28],
      new Uint8Array(4 * 784).map((_, at) => Math.floor(at / 784)),
    ),
  ),
  'labels.gz': gzipSync(idx([4], Uint8Array.of(0, 1, 0, 1))),
}
const whole: Answer = (_request, response, file) => response.end(file)

let source: Server
let answer: Answer
let asked: (string | undefined)[]
let service: TestApp
let instructor: TestClient

beforeAll(async () => {
  source = createServer((request, response) => {
    asked.push(request.headers.range)
    answer(request, response, files[request.url?.slice(1) ?? ''] ?? Buffer.alloc(0))
  })
  await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve))
  const officialFiles: OfficialFile[] = Object.entries(files).map(([name, bytes]) => ({
    md5: md5Of(bytes),
    what: name,
    download: { format: 'mnist', part: 'hidden', url: `${sourceUrl()}/${name}`, bytes: bytes.length },
  }))
  service = await buildTestApp({ officialFiles })
  instructor = await signedInInstructor(service)
})
afterAll(async () => {
  // The last test leaves a download that the source never ends.
  await service.close()
  await new Promise((resolve) => source.close(resolve))
})

function sourceUrl(): string {
  const address = source.address()
  if (typeof address !== 'object' || address === null) throw new Error('the source does not listen')
  return `http://127.0.0.1:${address.port}`
}

beforeEach(async () => {
  asked = []
  answer = whole
  await service.prisma.dataset.deleteMany({ where: { name: 'MNIST' } })
})

const md5Of = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex')
const images = () => files['images.gz'] ?? Buffer.alloc(0)
const start = (client = instructor) =>
  client.post('/api/datasets/downloads', { name: 'MNIST', format: 'mnist' })
const downloads = async (): Promise<Download[]> =>
  downloadListSchema.parse((await instructor.get('/api/datasets/downloads')).json()).downloads
const folder = () => join(service.config.dataDir, 'downloads')

async function imported(): Promise<void> {
  await vi.waitFor(async () => expect(await downloads()).toEqual([]), { timeout: 20_000 })
  const rows = await service.prisma.dataset.findMany({ where: { name: 'MNIST' } })
  expect(rows).toMatchObject([{ hiddenCount: 4, imageHeight: 28, imageWidth: 28, imageChannels: 1 }])
  expect(await readdir(folder())).toEqual([])
}
async function failed(): Promise<Download> {
  await vi.waitFor(async () => expect((await downloads())[0]?.state).toBe('failed'), { timeout: 20_000 })
  const [download] = await downloads()
  if (download === undefined) throw new Error('no download')
  return download
}

it('is for instructors only', async () => {
  const student = await registeredStudent(service, await seedRound(service))
  const visitor = new TestClient(service.app)
  expect((await start(student)).statusCode).toBe(403)
  expect((await start(visitor)).statusCode).toBe(401)
  expect((await student.get('/api/datasets/downloads')).statusCode).toBe(403)
  expect((await visitor.get('/api/datasets/downloads')).statusCode).toBe(401)
  expect(asked).toEqual([])
})

describe('a download', () => {
  it('brings the files, imports them, and removes them', async () => {
    const started = await start()
    expect([started.statusCode, started.json()]).toMatchObject([
      202,
      { state: 'downloading', totalBytes: images().length + (files['labels.gz']?.length ?? 0) },
    ])
    await imported()
    const dataset = await service.prisma.dataset.findFirstOrThrow({ where: { name: 'MNIST' } })
    expect(await service.prisma.auditEvent.findMany({ where: { subjectId: dataset.id } })).toMatchObject([
      { action: 'dataset.import', actorId: expect.any(String), ipAddress: '127.0.0.1' },
    ])
  })

  it('goes on where an earlier one stopped', async () => {
    await mkdir(folder(), { recursive: true })
    await writeFile(join(folder(), `${md5Of(images())}.part`), images().subarray(0, 10))
    answer = (request, response, file) => {
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
      if (from > 0)
        response.writeHead(206, { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` })
      response.end(file.subarray(from))
    }
    await start()
    await imported()
    expect(asked).toEqual(['bytes=10-', undefined])
  })

  it('takes a broken connection up again', async () => {
    answer = (request, response, file) => {
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
      if (from > 0)
        response.writeHead(206, { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` })
      else response.writeHead(200, { 'content-length': file.length })
      if (from > 0) return response.end(file.subarray(from))
      // Half of the file, and when some of it has come, the line is cut.
      response.write(file.subarray(0, file.length / 2))
      const part = join(folder(), `${md5Of(file)}.part`)
      return vi
        .waitFor(async () => expect((await stat(part)).size).toBeGreaterThan(0))
        .then(() => response.destroy())
    }
    await start()
    await imported()
    expect(asked.filter((range) => range !== undefined).length).toBeGreaterThan(0)
  })

  it('begins anew where the server cannot go on', async () => {
    await mkdir(folder(), { recursive: true })
    await writeFile(join(folder(), `${md5Of(images())}.part`), 'something else')
    await start()
    await imported()
    expect(asked[0]).toBe('bytes=14-')
  })

  it('refuses and removes what is not the official file', async () => {
    answer = (_request, response, file) => response.end(Buffer.alloc(file.length))
    await start()
    expect((await failed()).problem).toMatchObject({
      code: 'DOWNLOAD_DAMAGED',
      params: { file: 'images.gz' },
    })
    expect(await readdir(folder())).toEqual([])
    expect(await service.prisma.dataset.count({ where: { name: 'MNIST' } })).toBe(0)
    // Mended, it works at once.
    answer = whole
    await start()
    await imported()
  })

  it.each<[string, Answer]>([
    ['refuses', (_request, response) => response.writeHead(503).end()],
    ['hangs up', (_request, response) => void response.destroy()],
    ['sends a page of its own', (_request, response) => response.end('<html>sign in to the network</html>')],
  ])('says so where the server %s, and keeps nothing in the list of datasets', async (_, refusing) => {
    answer = refusing
    await start()
    expect((await failed()).problem).toEqual({
      code: 'DOWNLOAD_FAILED',
      params: { host: new URL(sourceUrl()).host },
    })
    expect(await service.prisma.dataset.count({ where: { name: 'MNIST' } })).toBe(0)
  })

  it('runs once at a time, and ends with the server', async () => {
    let release = () => {}
    answer = (_request, response, file) => {
      response.write(file.subarray(0, 1))
      release = () => response.end(file.subarray(1))
    }
    await start()
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    const second = await start()
    expect([second.statusCode, second.json().code]).toEqual([409, 'DOWNLOAD_RUNNING'])
    answer = whole
    release()
    await imported()

    answer = (_request, response, file) => response.write(file.subarray(0, 1))
    await start()
    await vi.waitFor(async () => expect((await downloads())[0]?.receivedBytes).toBe(1))
  })
})
