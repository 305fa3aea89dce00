import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type BlobStore, contentKey, fileBlobStore } from './blob-store.ts'

let root: string
let blobs: BlobStore

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'taikai-blobs-'))
  blobs = fileBlobStore(root)
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
  })

  it('are replaced as a whole by a second put', async () => {
    await blobs.put('a', Buffer.from('a long first content'))
    await blobs.put('a', Buffer.from('second'))
    expect(await text(await blobs.read('a'))).toBe('second')
  })

  it('lie in folders that no other user of the machine enters', async () => {
    const inner = fileBlobStore(join(root, 'blobs'))
    await inner.put('sha256/ab/labels', Uint8Array.of(1))
    for (const folder of ['blobs', 'blobs/sha256', 'blobs/sha256/ab'])
      expect((await stat(join(root, folder))).mode & 0o777).toBe(0o700)
  })

  it('may be empty', async () => {
    await blobs.put('empty', new Uint8Array())
    expect(await blobs.readBytes('empty')).toHaveLength(0)
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
    await blobs.put('a', new Uint8Array())
    await blobs.remove('a')
    await blobs.remove('a')
    await expect(blobs.readBytes('a')).rejects.toThrow('ENOENT')
    await expect(blobs.read('a')).rejects.toThrow('ENOENT')
  })
})

describe('a put that does not finish', () => {
  it('leaves nothing when its source fails', async () => {
    async function* failing() {
      yield Buffer.from('half')
      throw new Error('connection lost')
    }
    await expect(blobs.put('a/b', Readable.from(failing()))).rejects.toThrow('connection lost')
    expect(await readdir(join(root, 'a'))).toEqual([])
  })

  it('leaves the earlier blob when its process is killed, and its half is never listed', async () => {
    await blobs.put('a/b', Buffer.from('whole'))
    const module = JSON.stringify(pathToFileURL(join(import.meta.dirname, 'blob-store.ts')).href)
    const program = `
      import { Readable } from 'node:stream'
      import { fileBlobStore } from ${module}
      async function* endless() { yield Buffer.from('half'); console.log('begun'); await new Promise(() => {}) }
      setInterval(() => {}, 1000)
      await fileBlobStore(${JSON.stringify(root)}).put('a/b', Readable.from(endless()))`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    // The half has its name a moment after its first bytes were taken.
    await vi.waitFor(async () => expect(await readdir(join(root, 'a'))).toHaveLength(2))
    child.kill('SIGKILL')
    await once(child, 'exit')

    expect(await readdir(join(root, 'a'))).toHaveLength(2)
    expect(await keys()).toEqual(['a/b'])
    expect(await text(await blobs.read('a/b'))).toBe('whole')
  })
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
