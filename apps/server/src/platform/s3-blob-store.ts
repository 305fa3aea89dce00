import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { TaikaiError } from '@taikai/shared/errors'
import type { S3Config } from '../config.ts'
import { blobCache } from './blob-cache.ts'
import { BlobMissingError, type BlobStore, checkKey } from './blob-store.ts'

const connectWithinMs = 3_000
/** A connection over which nothing came for so long is given up. */
const silentAtMostMs = 30_000
const retryAfterSeconds = 30

export type S3BlobStoreOptions = {
  /** On this machine, for copies of blobs that are needed as files. */
  cacheFolder: string
  cacheMaxBytes?: number
  /** Keys in one answer to a listing; S3 gives no more than 1000. */
  pageSize?: number
}

/**
 * Blobs as objects of one bucket of an S3-compatible store. Each is written by one request that states its length (5 GB at
 * most), which a store takes whole or not at all: an upload of parts would leave some behind when it ends early.
 */
export function s3BlobStore(
  { endpoint, bucket, region, accessKeyId, secretAccessKey }: S3Config,
  { cacheFolder, cacheMaxBytes = 8 * 1024 ** 3, pageSize = 1000 }: S3BlobStoreOptions,
): BlobStore {
  const client = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    // Stores of one's own seldom have a host name for each bucket, and not all know AWS's newer checksums.
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // It warns on standard error; what fails is thrown as well, and logged once.
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    requestHandler: { connectionTimeout: connectWithinMs, socketTimeout: silentAtMostMs },
  })
  const cache = blobCache(cacheFolder, cacheMaxBytes)
  const at = (key: string) => {
    checkKey(key)
    return { Bucket: bucket, Key: key }
  }

  async function putFile(key: string, path: string): Promise<void> {
    const { size } = await stat(path)
    const content = { Body: createReadStream(path), ContentLength: size }
    await answered(client.send(new PutObjectCommand({ ...at(key), ...content })))
  }

  async function put(key: string, body: Readable | Uint8Array): Promise<void> {
    if (!(body instanceof Readable)) {
      await answered(client.send(new PutObjectCommand({ ...at(key), Body: body })))
      return
    }
    checkKey(key)
    const path = await cache.spool(body)
    try {
      await putFile(key, path)
    } finally {
      await rm(path, { force: true })
    }
  }

  async function read(key: string): Promise<Readable> {
    const { Body } = await answered(client.send(new GetObjectCommand(at(key))), key)
    if (!(Body instanceof Readable)) throw new Error(`the store answered without the content of ${key}`)
    return explained(Body)
  }

  async function look(key: string): Promise<{ size: number; tag: string }> {
    const { ContentLength, ETag } = await answered(client.send(new HeadObjectCommand(at(key))), key)
    if (ContentLength === undefined || ETag === undefined)
      throw new Error(`the store did not tell the size of ${key}`)
    return { size: ContentLength, tag: ETag }
  }

  async function* list(prefix: string): AsyncIterable<string> {
    let token: string | undefined
    do {
      const page = { Bucket: bucket, Prefix: prefix, MaxKeys: pageSize, ContinuationToken: token }
      const answer = await answered(client.send(new ListObjectsV2Command(page)))
      for (const { Key } of answer.Contents ?? []) if (Key !== undefined) yield Key
      token = answer.NextContinuationToken
    } while (token !== undefined)
  }

  return {
    put,
    async adopt(key, filePath) {
      await putFile(key, filePath)
      await rm(filePath)
    },
    read,
    readBytes: async (key) => new Uint8Array(await buffer(await read(key))),
    size: async (key) => (await look(key)).size,
    async localFile(key) {
      const { size, tag } = await look(key)
      // With its tag, so that what was put later in place of this blob is another file.
      return cache.fileOf(`${endpoint} ${bucket} ${key} ${tag}`, size, () => read(key))
    },
    remove: async (key) => void (await answered(client.send(new DeleteObjectCommand(at(key))))),
    list,
    ping: async () => void (await answered(client.send(new HeadBucketCommand({ Bucket: bucket })))),
  }
}

/** The store's answer; with `key`, that it has no such blob is an answer too. Everything else it refuses is its own fault. */
async function answered<T>(answer: Promise<T>, key?: string): Promise<T> {
  try {
    return await answer
  } catch (error) {
    const missing = error instanceof NoSuchKey || error instanceof NotFound
    if (missing && key !== undefined) throw new BlobMissingError(key, { cause: error })
    throw unavailable(error)
  }
}

/** The stream, with a connection that breaks off told as what it is. */
function explained(body: Readable): Readable {
  const stream = new PassThrough()
  body.once('error', (error) => stream.destroy(unavailable(error)))
  stream.once('close', () => body.destroy())
  return body.pipe(stream)
}

function unavailable(cause: unknown): TaikaiError {
  return new TaikaiError('STORAGE_UNAVAILABLE', { retryAfterSeconds }, { cause })
}
