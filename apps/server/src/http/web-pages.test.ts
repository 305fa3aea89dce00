import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../test/build-test-app.ts'
import { buildWebRoot } from '../../test/build-web-root.ts'

let service: TestApp
let webRoot: string
beforeAll(async () => {
  webRoot = await buildWebRoot()
  // What is written into pages is tested beside page-writer.ts.
  await writeFile(
    join(webRoot, '.server/write-page.js'),
    `export async function writePage({ url }) {
      if (url === '/broken') throw new Error('written badly')
      return null
    }`,
  )
  await writeFile(join(webRoot, 'assets', 'main-abc123.js'), 'export {}')
  await writeFile(join(webRoot, 'assets', 'main-abc123.js.br'), brotliCompressSync('export {}'))
  await writeFile(join(webRoot, 'icon.svg'), '<svg/>')
  service = await buildTestApp({ webRoot })
})
afterAll(async () => {
  await service.close()
  await rm(webRoot, { recursive: true })
})

it.each(['/', '/rounds/cup', '/index.html', '/broken', '/sign-in?next=%2F'])(
  'serves the application at %s',
  async (url) => {
    const response = await service.app.inject(url)
    expect(response.statusCode).toBe(200)
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(response.headers['cache-control']).toBe('private, no-store')
    const nonceOf = (element: string) =>
      new RegExp(`<${element} nonce="([0-9a-f]{32})"`).exec(response.body)?.[1]
    const policy = response.headers['content-security-policy']
    expect(policy).toContain(`style-src 'self' 'nonce-${nonceOf('style')}'`)
    expect(policy).toContain(`script-src 'self' 'wasm-unsafe-eval' 'nonce-${nonceOf('script')}'`)
  },
)

it('gives every response another nonce', async () => {
  const [first, second] = [await service.app.inject('/'), await service.app.inject('/')]
  expect(first.body).not.toBe(second.body)
})

it('lets browsers keep assets for good, and ask again for the rest', async () => {
  const cacheControl = async (url: string) => (await service.app.inject(url)).headers['cache-control']
  expect(await cacheControl('/assets/main-abc123.js')).toBe('public, max-age=31536000, immutable')
  expect(await cacheControl('/icon.svg')).toBe('no-cache')
})

it('sends what the build compressed, to browsers that take it', async () => {
  const url = '/assets/main-abc123.js'
  const packed = await service.app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } })
  expect(packed.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'application/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: expect.stringContaining('accept-encoding'),
  })
  expect(brotliDecompressSync(packed.rawPayload).toString()).toBe('export {}')
  const plain = await service.app.inject({ url, headers: { 'accept-encoding': 'identity' } })
  expect([plain.headers['content-encoding'], plain.body]).toEqual([undefined, 'export {}'])
})

it.each(['/assets/old-build.js', '/assets/', '/api/nothing', '/api'])(
  'does not serve the application at %s',
  async (url) => {
    const response = await service.app.inject(url)
    expect(response.statusCode).toBe(404)
    expect(response.json().code).toBe('NOT_FOUND')
  },
)

it('allows wasm but no inline script, and does not send plain http to https', async () => {
  const { headers } = await service.app.inject('/')
  const csp = String(headers['content-security-policy'])
  expect(csp).toContain("'wasm-unsafe-eval'")
  expect(csp).not.toContain('unsafe-inline')
  expect(csp).not.toContain('upgrade-insecure-requests')
  expect(headers['strict-transport-security']).toBeUndefined()
  expect(headers['x-content-type-options']).toBe('nosniff')
})

it('asks for https where the public URL has it, and keeps cookies to it', async () => {
  const other = await buildTestApp({ config: { ...service.config, publicUrl: 'https://taikai.example' } })
  const { headers } = await other.app.inject('/healthz')
  await other.close()
  expect(headers['strict-transport-security']).toContain('max-age')
  expect(headers['content-security-policy']).toContain('upgrade-insecure-requests')
})
