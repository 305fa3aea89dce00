import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import multipart from '@fastify/multipart'
import { TaikaiError } from '@taikai/shared/errors'
import type { FastifyInstance, FastifyRequest } from 'fastify'

const metaMaxBytes = 64 * 1024
/** What one part costs on the wire beside its bytes: boundary and headers. */
const partOverheadBytes = 1024
/** Of one file, what may wait in memory for the disk: written together, in fewer and larger steps. */
const waitingBytes = 1024 ** 2
/** How long the rest of a refused body is read and thrown away, so that the client can read the refusal. */
const lingerMs = 5_000

export type UploadedFile = {
  /** The form field that it came in. */
  field: string
  /** The name that the client gave it: for people to read, never a path. */
  name: string
  path: string
  bytes: number
  /** Hexadecimal. */
  sha256: string
}

export type UploadOptions<Meta> = {
  dataDir: string
  /** Names of the form fields that may carry files. */
  fileFields: readonly string[]
  /** Over all files together. */
  maxBytes: number
  maxFiles: number
  /** Turns the parsed JSON of the field `meta` into its type, or throws a TaikaiError. */
  parseMeta(value: unknown): Meta
}

/** Makes multipart requests readable for `withUpload` in this plugin's routes. */
export async function registerUploadIntake(app: FastifyInstance): Promise<void> {
  if (!app.hasContentTypeParser('multipart/form-data')) await app.register(multipart)
  app.addHook('onResponse', async (request) => closeUnreadBody(request))
}

/**
 * Receives one multipart request, first the field `meta` (JSON), then files, into a folder of its own under
 * `<dataDir>/uploads`, hands it to `use`, and removes the folder whatever happens: what is to stay must have been moved.
 * Throws UPLOAD_TOO_LARGE, UPLOAD_TOO_MANY_FILES, UPLOAD_META_INVALID, UPLOAD_NO_FILES, UPLOAD_NAME_REPEATED,
 * UPLOAD_INCOMPLETE, and what `parseMeta` and `use` throw.
 */
export async function withUpload<Meta, Result>(
  request: FastifyRequest,
  options: UploadOptions<Meta>,
  use: (upload: { meta: Meta; files: UploadedFile[] }) => Promise<Result>,
): Promise<Result> {
  if (!request.isMultipart()) throw new TaikaiError('UPLOAD_META_INVALID')
  const declaredBytes = Number(request.headers['content-length'] ?? 0)
  if (declaredBytes > options.maxBytes + metaMaxBytes + (options.maxFiles + 2) * partOverheadBytes) {
    throw tooLarge(options)
  }
  const folder = join(uploadsFolder(options.dataDir), randomUUID())
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    return await use(await receive(request, options, folder))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Removes what a killed server left of unfinished uploads. To be called at boot, before listening. */
export async function cleanUploads(dataDir: string): Promise<void> {
  await rm(uploadsFolder(dataDir), { recursive: true, force: true })
}

/** Where files lie while they are on their way. */
export function uploadsFolder(dataDir: string): string {
  return join(dataDir, 'uploads')
}

async function receive<Meta>(
  request: FastifyRequest,
  options: UploadOptions<Meta>,
  folder: string,
): Promise<{ meta: Meta; files: UploadedFile[] }> {
  let meta: { value: Meta } | null = null
  const files: UploadedFile[] = []
  let bytesLeft = options.maxBytes
  try {
    // The limits on files are kept here, not by the parser: the parser goes on reading after its own.
    const limits = { fieldSize: metaMaxBytes, fileSize: options.maxBytes + 1, parts: options.maxFiles + 3 }
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        if (part.fieldname !== 'meta' || meta !== null || part.valueTruncated) {
          throw new TaikaiError('UPLOAD_META_INVALID')
        }
        meta = { value: options.parseMeta(parseJson(part.value)) }
        continue
      }
      if (meta === null || !options.fileFields.includes(part.fieldname)) {
        throw new TaikaiError('UPLOAD_META_INVALID')
      }
      if (files.length >= options.maxFiles) {
        throw new TaikaiError('UPLOAD_TOO_MANY_FILES', { limit: options.maxFiles })
      }
      const path = join(folder, String(files.length))
      // The parser gives no name at all where the client's is empty, whatever its types say.
      const name = displayName(part.filename ?? '')
      const received = await writeHashed(part.file, path, bytesLeft, tooLarge(options))
      bytesLeft -= received.bytes
      // A browser sends an empty file input as one nameless file of no bytes.
      if (name === '' && received.bytes === 0) continue
      files.push({ field: part.fieldname, name, path, ...received })
    }
  } catch (error) {
    throw intakeError(error, options)
  }
  if (meta === null) throw new TaikaiError('UPLOAD_META_INVALID')
  if (files.length === 0) throw new TaikaiError('UPLOAD_NO_FILES')
  refuseRepeatedNames(files)
  return { meta: meta.value, files }
}

function tooLarge({ maxBytes }: { maxBytes: number }): TaikaiError {
  return new TaikaiError('UPLOAD_TOO_LARGE', { limitBytes: maxBytes })
}

/** Throws `refusal` as soon as more than `bytesLeft` have arrived. */
async function writeHashed(
  source: Readable,
  path: string,
  bytesLeft: number,
  refusal: TaikaiError,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  // Beside the pipe and not a step of it: a step costs more than the hash. The pipe still holds the source back where the disk is slower.
  source.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > bytesLeft) source.destroy(refusal)
    else hash.update(chunk)
  })
  // flush: on the disk before a row says that it is there.
  await pipeline(source, createWriteStream(path, { flags: 'wx', flush: true, highWaterMark: waitingBytes }))
  return { bytes, sha256: hash.digest('hex') }
}

function parseJson(value: unknown): unknown {
  // A part of type application/json comes parsed.
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch (cause) {
    throw new TaikaiError('UPLOAD_META_INVALID', {}, { cause })
  }
}

function displayName(name: string): string {
  return name.normalize('NFC').replace(/\p{C}/gu, '').slice(-255)
}

function refuseRepeatedNames(files: readonly UploadedFile[]): void {
  const seen = new Set<string>()
  for (const { field, name } of files) {
    const key = JSON.stringify([field, name])
    if (seen.has(key)) throw new TaikaiError('UPLOAD_NAME_REPEATED', { name })
    seen.add(key)
  }
}

/** The parser's own errors in our words. */
function intakeError(error: unknown, options: { maxBytes: number; maxFiles: number }): unknown {
  if (!(error instanceof Error) || error instanceof TaikaiError) return error
  const code = 'code' in error ? error.code : undefined
  if (code === 'FST_PARTS_LIMIT' || code === 'FST_FILES_LIMIT') {
    return new TaikaiError('UPLOAD_TOO_MANY_FILES', { limit: options.maxFiles })
  }
  if (code === 'FST_INVALID_JSON_FIELD_ERROR' || code === 'FST_PROTO_VIOLATION') {
    return new TaikaiError('UPLOAD_META_INVALID', {}, { cause: error })
  }
  const broken = /unexpected end|terminated early|malformed|boundary not found/i.test(error.message)
  if (
    broken ||
    code === 'FST_MP_PREMATURE_CLOSE' ||
    code === 'ECONNRESET' ||
    code === 'ERR_STREAM_PREMATURE_CLOSE'
  ) {
    return new TaikaiError('UPLOAD_INCOMPLETE', {}, { cause: error })
  }
  return error
}

/**
 * After a refusal in the middle of a body the client is still sending. Closing at once would often lose the answer,
 * and reading to the end could take for ever: so the rest is thrown away for a few seconds, then the connection is closed.
 */
function closeUnreadBody(request: FastifyRequest): void {
  const { raw } = request
  if (raw.complete || raw.destroyed) return
  raw.unpipe()
  raw.resume()
  const timer = setTimeout(() => raw.destroy(), lingerMs)
  raw.once('close', () => clearTimeout(timer))
}
