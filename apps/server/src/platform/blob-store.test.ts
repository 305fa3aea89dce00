import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestBackend } from '../../test/test-backend.ts'
import { BlobMissingError, type BlobStore, contentKey } from './blob-store.ts'
import { openBlobStore } from './open-blob-store.ts'

// What both stores have to do alike: this file runs in both projects.

let root: string
let blobs: BlobStore

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'taikai-blobs-'))
  const { s3 } = await createTestBackend()
  blobs = await openBlobStore({ s3, dataDir: root })
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function keys(prefix = ''): Promise<string[]> {
  const found: string[] = []
  for await (const key of blobs.list(prefix)) found.push(key)
  return found.sort()
}

describe('blobs', () => {
  it('give back what was put, from bytes and from a stream, by every reader', async () => {
    await blobs.put('a/bytes', Uint8Array.of(0, 255, 7))
    await blobs.put('a/stream', Readable.from([Buffer.from('to'), Buffer.from('kyo')]))
    expect(await blobs.readBytes('a/bytes')).toEqual(Uint8Array.of(0, 255, 7))
    expect(await text(await blobs.read('a/stream'))).toBe('tokyo')
    expect(await readFile(await blobs.localFile('a/stream'), 'utf8')).toBe('tokyo')
    expect(await blobs.size('a/stream')).toBe(5)
  })

  it('are replaced as a whole by a second put', async () => {
    await blobs.put('a', Buffer.from('a long first content'))
    expect(await readFile(await blobs.localFile('a'), 'utf8')).toBe('a long first content')
    await blobs.put('a', Buffer.from('second'))
    expect(await text(await blobs.read('a'))).toBe('second')
    expect(await readFile(await blobs.localFile('a'), 'utf8')).toBe('second')
  })

  it('may be empty', async () => {
    await blobs.put('empty', new Uint8Array())
    expect(await blobs.readBytes('empty')).toHaveLength(0)
    expect(await blobs.size('empty')).toBe(0)
    expect(await readFile(await blobs.localFile('empty'), 'utf8')).toBe('')
  })

  it('take over a finished file', async () => {
    const file = join(root, 'upload')
    await writeFile(file, 'weights')
    await blobs.adopt('submissions/1/0', file)
    expect(await text(await blobs.read('submissions/1/0'))).toBe('weights')
    expect(existsSync(file)).toBe(false)
  })

  it('are listed by the beginning of their key', async () => {
    for (const key of ['sub/1/0', 'sub/1/1', 'sub/2/0', 'subway']) await blobs.put(key, new Uint8Array())
    expect(await keys('sub/')).toEqual(['sub/1/0', 'sub/1/1', 'sub/2/0'])
    expect(await keys('sub/1/')).toEqual(['sub/1/0', 'sub/1/1'])
    expect(await keys('sub')).toEqual(['sub/1/0', 'sub/1/1', 'sub/2/0', 'subway'])
    expect(await keys('nothing/')).toEqual([])
  })

  it('can be removed, twice even, and are then not there', async () => {
    await blobs.put('a', Buffer.from('here'))
    await blobs.localFile('a')
    await blobs.remove('a')
    await blobs.remove('a')
    for (const reader of ['readBytes', 'read', 'size', 'localFile'] as const)
      await expect(blobs[reader]('a')).rejects.toBeInstanceOf(BlobMissingError)
  })
})

it('a put whose source fails leaves the earlier blob, and nothing where there was none', async () => {
  const failing = async function* () {
    yield Buffer.from('half')
    throw new Error('connection lost')
  }
  await blobs.put('a', Buffer.from('whole'))
  for (const key of ['a', 'b'])
    await expect(blobs.put(key, Readable.from(failing()))).rejects.toThrow('connection lost')
  expect(await keys()).toEqual(['a'])
  expect(await text(await blobs.read('a'))).toBe('whole')
})

it('the store answers', async () => {
  await expect(blobs.ping()).resolves.toBeUndefined()
})

describe('a key', () => {
  it.each([
    '',
    '/a',
    'a/',
    'a//b',
    '../a',
    'a/../b',
    'a/..',
    '.a',
    'a/.b',
    'A',
    'a b',
    'a~part',
    'a\\b',
    'a\0',
  ])('is not %j', async (key) => {
    await expect(blobs.put(key, new Uint8Array())).rejects.toThrow('not a blob key')
    await expect(blobs.readBytes(key)).rejects.toThrow('not a blob key')
  })

  it('of content is its sum under its first two digits', () => {
    expect(contentKey('ab12')).toBe('sha256/ab/ab12')
  })
})
