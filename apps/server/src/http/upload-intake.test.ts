import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { type ClientRequest, request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TaikaiError } from '@taikai/shared/errors'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cleanUploads, registerUploadIntake, type UploadedFile, withUpload } from './upload-intake.ts'

const maxBytes = 3_000_000
const maxFiles = 3
type Received = { meta: unknown; files: (UploadedFile & { content: string })[] }

let dataDir: string
let app: FastifyInstance
let origin: URL
let received: Received[]

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'taikai-intake-'))
  received = []
  app = Fastify({ bodyLimit: 1024 })
  app.setErrorHandler(async (error, _request, reply) => {
    if (!(error instanceof TaikaiError)) throw error
    return reply.code(422).send({ code: error.code, params: error.params })
  })
  await app.register(async (routes) => {
    await registerUploadIntake(routes)
    routes.post('/upload', async (request) => {
      const options = { dataDir, fileFields: ['files', 'train'], maxBytes, maxFiles, parseMeta }
      return withUpload(request, options, async ({ meta, files }) => {
        const contents = files.map(async (file) => ({
          ...file,
          content: await readFile(file.path, 'latin1'),
        }))
        received.push({ meta, files: await Promise.all(contents) })
        if (files.some((file) => file.name === 'refused')) throw new TaikaiError('MODEL_FORMAT_UNKNOWN')
        return { ok: true }
      })
    })
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  origin = new URL(app.listeningOrigin)
})

afterEach(async () => {
  await app.close()
  await rm(dataDir, { recursive: true, force: true })
})

function parseMeta(value: unknown): unknown {
  if (value === 'refused') throw new TaikaiError('PREPROCESSING_INVALID')
  return value
}

function form(parts: [field: string, value: string | File][]): FormData {
  const body = new FormData()
  for (const [field, value] of parts) body.append(field, value)
  return body
}
const post = async (parts: [string, string | File][]) => {
  const response = await fetch(new URL('/upload', origin), { method: 'POST', body: form(parts) })
  return response.json()
}
const left = async () => readdir(join(dataDir, 'uploads')).catch(() => [])

/** A request that is sent by hand, so that it can be broken off. `declared`: its content-length, else chunked. */
function openRequest(declared: number | null): ClientRequest {
  const headers = {
    'content-type': 'multipart/form-data; boundary=xyz',
    ...(declared === null ? {} : { 'content-length': declared }),
  }
  const request = httpRequest(new URL('/upload', origin), { method: 'POST', headers })
  request.write('--xyz\r\nContent-Disposition: form-data; name="meta"\r\n\r\n{}\r\n')
  request.write('--xyz\r\nContent-Disposition: form-data; name="files"; filename="a.bin"\r\n\r\n')
  return request
}

async function answerOf(request: ClientRequest): Promise<unknown> {
  const [response] = await once(request, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString())
}

describe('an upload', () => {
  it('arrives with its names, sizes and sums, over the body limit of JSON, and leaves nothing behind', async () => {
    // More than waits in memory for the disk, and no two lines alike.
    const large = Array.from({ length: 400_000 }, (_, line) => line).join('\n')
    const files: [string, File][] = [
      ['files', new File([large], 'weights.bin')],
      ['train', new File(['日本'], '../モデル.json')],
    ]
    expect(await post([['meta', '{"a":[1]}'], ...files])).toEqual({ ok: true })
    expect(received).toHaveLength(1)
    expect(received[0]?.meta).toEqual({ a: [1] })
    expect(received[0]?.files.map(({ path: _, ...file }) => file)).toEqual([
      {
        field: 'files',
        name: 'weights.bin',
        bytes: large.length,
        sha256: createHash('sha256').update(large).digest('hex'),
        content: large,
      },
      {
        field: 'train',
        // Whatever folder the client names is dropped.
        name: 'モデル.json',
        bytes: 6,
        sha256: createHash('sha256').update('日本').digest('hex'),
        content: Buffer.from('日本').toString('latin1'),
      },
    ])
    expect(received[0]?.files.every((file) => file.path.startsWith(join(dataDir, 'uploads')))).toBe(true)
    expect(await left()).toEqual([])
  })

  it('may send its description as a part of type application/json', async () => {
    const request = httpRequest(new URL('/upload', origin), {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=xyz' },
    })
    request.end(
      '--xyz\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n{"a":2}\r\n' +
        '--xyz\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nabc\r\n--xyz--\r\n',
    )
    expect(await answerOf(request)).toEqual({ ok: true })
    expect(received[0]?.meta).toEqual({ a: 2 })
  })

  const file = (name: string, bytes = 3) => new File(['x'.repeat(bytes)], name)
  it.each<[string, [string, string | File][], unknown]>([
    ['without files', [['meta', '{}']], { code: 'UPLOAD_NO_FILES', params: {} }],
    [
      'of an empty file input',
      [
        ['meta', '{}'],
        ['files', new File([], '')],
      ],
      { code: 'UPLOAD_NO_FILES', params: {} },
    ],
    ['without description', [['files', file('a')]], { code: 'UPLOAD_META_INVALID', params: {} }],
    [
      'with its description last',
      [
        ['files', file('a')],
        ['meta', '{}'],
      ],
      { code: 'UPLOAD_META_INVALID', params: {} },
    ],
    [
      'with a description that is not JSON',
      [
        ['meta', '{"a"'],
        ['files', file('a')],
      ],
      { code: 'UPLOAD_META_INVALID', params: {} },
    ],
    [
      'with a description that the route refuses',
      [
        ['meta', '"refused"'],
        ['files', file('a')],
      ],
      { code: 'PREPROCESSING_INVALID', params: {} },
    ],
    [
      'with a field that nobody asked for',
      [
        ['meta', '{}'],
        ['other', file('a')],
      ],
      { code: 'UPLOAD_META_INVALID', params: {} },
    ],
    [
      'with two files of one name',
      [
        ['meta', '{}'],
        ['files', file('a')],
        ['files', file('a')],
      ],
      { code: 'UPLOAD_NAME_REPEATED', params: { name: 'a' } },
    ],
    [
      'of more files than allowed',
      [['meta', '{}'], ...['a', 'b', 'c', 'd'].map((name): [string, File] => ['files', file(name)])],
      { code: 'UPLOAD_TOO_MANY_FILES', params: { limit: maxFiles } },
    ],
    [
      'of files that are too large together',
      [
        ['meta', '{}'],
        ['files', file('a', 1_500_000)],
        ['files', file('b', 1_500_001)],
      ],
      { code: 'UPLOAD_TOO_LARGE', params: { limitBytes: maxBytes } },
    ],
    [
      'that is refused after it arrived',
      [
        ['meta', '{}'],
        ['files', file('refused')],
      ],
      { code: 'MODEL_FORMAT_UNKNOWN', params: {} },
    ],
  ])('%s is refused by name, and leaves nothing behind', async (_, parts, problem) => {
    expect(await post(parts)).toEqual(problem)
    expect(await left()).toEqual([])
  })

  it('of exactly the limit is taken', async () => {
    expect(
      await post([
        ['meta', '{}'],
        ['files', file('a', maxBytes)],
      ]),
    ).toEqual({ ok: true })
  })

  it('that declares too many bytes is refused before it is read', async () => {
    const request = openRequest(41_000_000)
    expect(await answerOf(request)).toEqual({ code: 'UPLOAD_TOO_LARGE', params: { limitBytes: maxBytes } })
    expect(await left()).toEqual([])
    request.destroy()
  })

  it('without a declared size is refused as soon as it is too large, and is not read for ever', async () => {
    const request = openRequest(null)
    request.write('x'.repeat(maxBytes + 1))
    expect(await answerOf(request)).toEqual({ code: 'UPLOAD_TOO_LARGE', params: { limitBytes: maxBytes } })
    expect(await left()).toEqual([])
    // The client never ends its body: the server closes the connection by itself.
    request.on('error', () => {})
    await once(request, 'close')
  }, 15_000)

  it('that ends in the middle of a file is incomplete', async () => {
    const request = openRequest(null)
    request.end('half a fi')
    expect(await answerOf(request)).toEqual({ code: 'UPLOAD_INCOMPLETE', params: {} })
    expect(await left()).toEqual([])
    expect(received).toEqual([])
  })

  it('whose connection breaks leaves nothing behind', async () => {
    const request = openRequest(null)
    request.on('error', () => {})
    request.write('x'.repeat(100_000))
    await vi.waitFor(async () => expect(await left()).toHaveLength(1))
    request.destroy()
    await vi.waitFor(async () => expect(await left()).toEqual([]))
    expect(received).toEqual([])
  })
})

describe('cleanUploads', () => {
  it('removes what a killed server left', async () => {
    await mkdir(join(dataDir, 'uploads', 'left-over'), { recursive: true })
    await writeFile(join(dataDir, 'uploads', 'left-over', '0'), 'x')
    await cleanUploads(dataDir)
    expect(await left()).toEqual([])
  })

  it('is content when there is nothing to remove', async () => {
    await cleanUploads(dataDir)
    expect(await left()).toEqual([])
  })
})
