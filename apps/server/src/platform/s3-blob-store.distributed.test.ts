import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { createBucket, startS3Server } from '../../test/s3-server.ts'
import { createTestBackend } from '../../test/test-backend.ts'
import type { S3Config } from '../config.ts'
import { openBlobStore } from './open-blob-store.ts'
import { s3BlobStore } from './s3-blob-store.ts'
import { StartupError } from './startup-error.ts'

let folder: string
let s3: S3Config
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taikai-s3-store-'))
  const backend = await createTestBackend()
  if (backend.s3 === null) throw new Error('this project has an S3 server')
  s3 = backend.s3
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const machine = (name: string, cacheMaxBytes = 1024 ** 2) =>
  s3BlobStore(s3, { cacheFolder: join(folder, name), cacheMaxBytes, pageSize: 3 })

it('what one machine stores the other reads, as bytes and as a file of its own', async () => {
  await machine('one').put('a/b', Buffer.from('weights'))
  const two = machine('two')
  expect(await text(await two.read('a/b'))).toBe('weights')
  const path = await two.localFile('a/b')
  expect(path.startsWith(join(folder, 'two'))).toBe(true)
  expect(await readFile(path, 'utf8')).toBe('weights')
})

it('lists more keys than come in one answer', async () => {
  const store = machine('one')
  const all = Array.from({ length: 10 }, (_, at) => `k/${at}`)
  for (const key of all) await store.put(key, new Uint8Array([1]))
  const found: string[] = []
  for await (const key of store.list('k/')) found.push(key)
  expect(found.sort()).toEqual(all)
})

it('keeps copies within their bound, removes what was asked for longest ago, and never what is in use', async () => {
  const store = machine('one', 20)
  const keys = ['a', 'b', 'c', 'd']
  for (const key of keys) await store.put(key, Buffer.from(`ten bytes${key}`))
  const copies = async () => (await readdir(join(folder, 'one'))).length
  const [a = '', b = ''] = [await store.localFile('a'), await store.localFile('b')]
  await store.localFile('c')
  expect(await copies()).toBe(3) // all in use
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000)
  await utimes(a, hoursAgo(2), hoursAgo(2))
  await utimes(b, hoursAgo(3), hoursAgo(3))
  await store.localFile('a') // in use again
  await store.localFile('d')
  expect(await copies()).toBe(3)
  expect(await readFile(a, 'utf8')).toBe('ten bytesa')
  // What was removed comes again.
  expect(await readFile(await store.localFile('b'), 'utf8')).toBe('ten bytesb')
})

it('two processes that fetch one blob at once both get it whole, and one copy stays', async () => {
  const content = Buffer.alloc(300_000, 'x')
  await machine('one').put('a', content)
  const paths = await Promise.all([1, 2, 3].map(() => machine('shared').localFile('a')))
  expect(new Set(paths).size).toBe(1)
  expect((await readFile(paths[0] ?? '')).equals(content)).toBe(true)
  expect(await readdir(join(folder, 'shared'))).toHaveLength(1)
})

it('a store that is away, or without the bucket, is told as such; the program does not start on it', async () => {
  const own = await startS3Server(join(folder, 'server'))
  const settings = await createBucket(own.endpoint)
  const store = await openBlobStore({ s3: settings, dataDir: folder })
  await store.put('a', Buffer.from('here'))
  await own.kill()
  const away = { code: 'STORAGE_UNAVAILABLE', params: { retryAfterSeconds: 30 } }
  await expect(store.put('b', Buffer.from('lost'))).rejects.toMatchObject(away)
  for (const reader of ['read', 'readBytes', 'size', 'localFile'] as const)
    await expect(store[reader]('a')).rejects.toMatchObject(away)
  await expect(store.ping()).rejects.toMatchObject(away)
  await expect(openBlobStore({ s3: settings, dataDir: folder })).rejects.toThrow(/ECONNREFUSED/)

  const elsewhere = openBlobStore({ s3: { ...s3, bucket: 'nobody-made-it' }, dataDir: folder })
  await expect(elsewhere).rejects.toBeInstanceOf(StartupError)
})

it('keys that the store refuses are told as such', async () => {
  // As S3 answers: in words, and without them where the head alone is asked for.
  const words =
    '<?xml version="1.0"?><Error><Code>InvalidAccessKeyId</Code><Message>unknown</Message></Error>'
  const refusing = createServer((request, response) => {
    request.resume()
    response.writeHead(403, { 'content-type': 'application/xml' })
    response.end(request.method === 'HEAD' ? undefined : words)
  })
  await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve))
  const { port } = z.object({ port: z.number() }).parse(refusing.address())
  const settings = { ...s3, endpoint: `http://127.0.0.1:${port}` }
  await expect(openBlobStore({ s3: settings, dataDir: folder })).rejects.toThrow(/HTTP 403.*S3_/)
  const store = s3BlobStore(settings, { cacheFolder: folder })
  const refused = { code: 'STORAGE_UNAVAILABLE', cause: { name: 'InvalidAccessKeyId' } }
  await expect(store.put('a', new Uint8Array([1]))).rejects.toMatchObject(refused)
  refusing.close()
})
