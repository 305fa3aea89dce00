import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ConfigError, readConfig } from '../config.ts'
import { resolveSecrets } from './secret-files.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'taikai-secrets-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function secretFile(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

it('come from files, without the line end that editors add, and passwords go into their addresses', () => {
  const config = readConfig({
    AUTH_SECRET_FILE: secretFile('auth', `${'s'.repeat(32)}\n`),
    METRICS_TOKEN_FILE: secretFile('metrics', 'm'.repeat(16)),
    DATABASE_URL: 'postgresql://taikai@postgres:5432/taikai',
    DATABASE_PASSWORD_FILE: secretFile('database', 'a/b c%2F@\n'),
    REDIS_URL: 'redis://redis:6379',
    REDIS_PASSWORD_FILE: secretFile('redis', 'plain'),
  })
  expect(config).toMatchObject({
    authSecret: 's'.repeat(32),
    metricsToken: 'm'.repeat(16),
    redisUrl: 'redis://:plain@redis:6379',
  })
  const { username, password, host } = new URL(config.databaseUrl)
  expect([username, decodeURIComponent(password), host]).toEqual(['taikai', 'a/b c%2F@', 'postgres:5432'])
})

it('are told when they cannot be read, are empty, or are said twice, and never shown', () => {
  const known = secretFile('known', 'k'.repeat(40))
  const env = {
    DATABASE_URL: 'postgresql://taikai:secret-in-address@postgres/taikai',
    DATABASE_PASSWORD_FILE: known,
    AUTH_SECRET_FILE: join(folder, 'missing'),
    METRICS_TOKEN: 'm'.repeat(16),
    METRICS_TOKEN_FILE: known,
    REDIS_URL_FILE: secretFile('empty', '\n'),
  }
  const read = () => readConfig(env)
  expect(read).toThrow(ConfigError)
  const { faults } = resolveSecrets(env)
  expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual([
    'AUTH_SECRET_FILE',
    'DATABASE_PASSWORD',
    'METRICS_TOKEN_FILE',
    'REDIS_URL_FILE',
  ])
  expect(read).toThrow(/AUTH_SECRET_FILE: the file .*missing cannot be read/)
  expect(read).not.toThrow(/secret-in-address|kkkk|AUTH_SECRET: must be set/)
})

it('stay what they are when they are resolved again, as for a process that this one starts', () => {
  const once = resolveSecrets({
    DATABASE_URL: 'postgresql://taikai@db/taikai',
    DATABASE_PASSWORD: 'one',
    AUTH_SECRET_FILE: secretFile('again', 'x'.repeat(32)),
  })
  expect(once).toEqual({
    env: { DATABASE_URL: 'postgresql://taikai:one@db/taikai', AUTH_SECRET: 'x'.repeat(32) },
    faults: [],
  })
  expect(resolveSecrets(once.env)).toEqual(once)
})

it.each([
  [{ PUBLIC_URL: 'https://taikai.example' }, 'loopback'],
  [{ PUBLIC_URL: 'http://taikai.example' }, null],
  [
    { PUBLIC_URL: 'https://taikai.example', TRUSTED_PROXIES: '10.0.0.0/8, ::1, uniquelocal' },
    '10.0.0.0/8, ::1, uniquelocal',
  ],
])('%j trusts the proxies %s', (stated, expected) => {
  const enough = { DATABASE_URL: 'postgresql://db/taikai', AUTH_SECRET: 'a'.repeat(32) }
  expect(readConfig({ ...enough, ...stated }).trustedProxies).toBe(expected)
  for (const TRUSTED_PROXIES of ['everyone', '10.0.0.0/33', '10.0.0.0/8,'])
    expect(() => readConfig({ ...enough, TRUSTED_PROXIES })).toThrow(/TRUSTED_PROXIES: must be addresses/)
})
