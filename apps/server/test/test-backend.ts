import { Redis } from 'ioredis'
import { inject } from 'vitest'
import type { S3Config } from '../src/config.ts'
import { createBucket } from './s3-server.ts'

/** Where queue and blobs are: null means the database, and files of the data folder. */
export type TestBackend = { redisUrl: string | null; s3: S3Config | null }

/** A queue and a blob store of the caller's own, on the back end of the vitest project that this test runs in. */
export async function createTestBackend(): Promise<TestBackend> {
  const servers = inject('distributed')
  if (servers === null) return { redisUrl: null, s3: null }
  return {
    redisUrl: await emptyRedisDatabase(servers.redisUrl),
    s3: await createBucket(servers.s3Endpoint),
  }
}

/** The address of a logical database that no other caller gets; number 0 counts them. */
async function emptyRedisDatabase(serverUrl: string): Promise<string> {
  const client = new Redis(serverUrl)
  try {
    const url = new URL(serverUrl)
    url.pathname = `/${await client.incr('databases given')}`
    return url.toString()
  } finally {
    client.disconnect()
  }
}

/** The environment variables that state a back end. */
export function backendEnvironment({ redisUrl, s3 }: TestBackend): Record<string, string> {
  return {
    ...(redisUrl !== null && { REDIS_URL: redisUrl }),
    ...(s3 !== null && {
      S3_ENDPOINT: s3.endpoint,
      S3_BUCKET: s3.bucket,
      S3_REGION: s3.region,
      S3_ACCESS_KEY_ID: s3.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    }),
  }
}
