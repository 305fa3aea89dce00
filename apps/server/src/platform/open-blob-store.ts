import { join } from 'node:path'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { type BlobStore, fileBlobStore } from './blob-store.ts'
import { StartupError } from './startup-error.ts'

/** The blob store that the configuration names. Throws StartupError where S3 is configured and cannot be used. */
export async function openBlobStore({ s3, dataDir }: Pick<Config, 's3' | 'dataDir'>): Promise<BlobStore> {
  if (s3 === null) return fileBlobStore(join(dataDir, 'blobs'))
  // Fetched here: the client is large, and most installations have no use for it.
  const { s3BlobStore } = await import('./s3-blob-store.ts')
  const store = s3BlobStore(s3, { cacheFolder: join(dataDir, 'blob-cache') })
  try {
    await store.ping()
  } catch (error) {
    const place = `${s3.endpoint}/${s3.bucket}`
    throw new StartupError(
      `S3 のバケット ${place} を使えません (${reasonOf(error)})。S3 が動いていてバケットがあることと、S3_ で始まる環境変数の値を確認してください。`,
      `The S3 bucket ${place} cannot be used (${reasonOf(error)}). See that S3 runs and has the bucket, and check the values of the S3_ variables.`,
      { cause: error },
    )
  }
  return store
}

const refusalSchema = z.object({ $metadata: z.object({ httpStatusCode: z.number() }) })

/** What the store or the network said, without a stack: `NotFound`, `ECONNREFUSED`; `HTTP 403` where keys are refused. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  if (!(cause instanceof Error)) return String(error)
  const refusal = refusalSchema.safeParse(cause)
  // The answer to a question for the head alone has no words.
  if (cause.name === 'Unknown' && refusal.success) return `HTTP ${refusal.data.$metadata.httpStatusCode}`
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
}
