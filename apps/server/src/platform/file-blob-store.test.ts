import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type BlobStore, fileBlobStore } from './blob-store.ts'

let root: string
let blobs: BlobStore

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'taikai-blobs-'))
  blobs = fileBlobStore(root)
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function keys(): Promise<string[]> {
  const found: string[] = []
  for await (const key of blobs.list('')) found.push(key)
  return found.sort()
}

it('blobs lie in folders that no other user of the machine enters', async () => {
  const inner = fileBlobStore(join(root, 'blobs'))
  await inner.put('sha256/ab/labels', Uint8Array.of(1))
  for (const folder of ['blobs', 'blobs/sha256', 'blobs/sha256/ab'])
    expect((await stat(join(root, folder))).mode & 0o777).toBe(0o700)
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
