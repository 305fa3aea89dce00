import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const enough = { DATABASE_URL: 'postgresql://db/taikai', AUTH_SECRET: 'a'.repeat(32) }

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

describe('the configuration', () => {
  it('needs a database and a secret only; what is empty counts as unset', () => {
    expect(readConfig({ ...enough, PORT: '', REDIS_URL: '' })).toMatchObject({
      port: 3000,
      redisUrl: null,
      publicUrl: null,
      adminEmail: null,
      scoringEngine: 'auto',
      scoringSandbox: 'best-effort',
    })
  })

  it('turns seconds and megabytes into milliseconds and bytes', () => {
    const stated = { SCORING_TIMEOUT_S: '90', SCORING_MEMORY_MB: '1024', UPLOAD_MAX_MB: '40' }
    expect(readConfig({ ...enough, ...stated })).toMatchObject({
      scoringTimeoutMs: 90_000,
      scoringMemoryBytes: 1_073_741_824,
      uploadMaxBytes: 41_943_040,
    })
  })

  it('lists every fault at once, also those that concern two variables', () => {
    const faults = faultsOf({
      PORT: '65536',
      REDIS_URL: 'http://redis',
      TAIKAI_ADMIN_EMAIL: 'sensei@example.test',
    })
    expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual([
      'AUTH_SECRET',
      'DATABASE_URL',
      'PORT',
      'REDIS_URL',
      'TAIKAI_ADMIN_PASSWORD',
    ])
  })

  const s3 = {
    ...{ S3_ENDPOINT: 'http://s3:9000', S3_BUCKET: 'taikai', S3_REGION: 'lab' },
    ...{ S3_ACCESS_KEY_ID: 'taikai', S3_SECRET_ACCESS_KEY: 'of the lab' },
  }

  it('has S3 with all that it needs, or none of it', () => {
    expect(readConfig(enough).s3).toBeNull()
    expect(readConfig({ ...enough, ...s3 }).s3).toEqual({
      ...{ endpoint: 'http://s3:9000', bucket: 'taikai', region: 'lab' },
      ...{ accessKeyId: 'taikai', secretAccessKey: 'of the lab' },
    })
    for (const name of Object.keys(s3)) {
      expect(faultsOf({ ...enough, ...s3, [name]: '' })).toEqual([
        expect.stringMatching(/^S3_ENDPOINT: must be set together with S3_BUCKET, .*/),
      ])
    }
  })

  it('reads the secrets of S3 from files that are named instead', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'taikai-secrets-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const file = join(folder, 'secret')
    await writeFile(file, 'from a file\n')
    const stated = { ...enough, ...s3, S3_SECRET_ACCESS_KEY: '', S3_SECRET_ACCESS_KEY_FILE: file }
    expect(readConfig(stated).s3?.secretAccessKey).toBe('from a file')
  })

  it('refuses a memory limit in which no engine could start', () => {
    expect(faultsOf({ ...enough, SCORING_MEMORY_MB: '1023' })).toEqual([
      expect.stringMatching(/^SCORING_MEMORY_MB: .*1024/),
    ])
  })

  it.each(['short', 'change-me-change-me-change-me-change-me'])('refuses the secret %s', (AUTH_SECRET) => {
    const faults = faultsOf({ ...enough, AUTH_SECRET })
    expect(faults).toHaveLength(1)
    expect(faults[0]).not.toContain(AUTH_SECRET)
  })

  it('says what is wrong in both languages', () => {
    const message = new ConfigError(['PORT: must be a whole number']).message
    expect(message).toMatch(/環境変数/)
    expect(message).toContain('PORT: must be a whole number')
  })
})
