import { createHmac } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { TaikaiError } from '@taikai/shared/errors'
import { openZip, type ZipEntry, ZipError } from '@taikai/shared/zip'
import { isJpegOrPng } from './decode-image.ts'
import { readContent } from './file-content.ts'
import type { DatasetFile } from './labelled-images.ts'

export type ZippedImage = {
  /** Its path in the zip, for people. */
  name: string
  className: string
  /** HMAC-SHA-256 of the file's bytes under the secret, hexadecimal: the same image always stands at the same place. */
  order: string
  read(): Uint8Array
}
export type ImageZip = {
  images: ZippedImage[]
  /** Files that are neither JPEG nor PNG. */
  skipped: number
}

const limits = { entries: 60_000, bytes: 2 * 1024 ** 3, ratio: 100 }
const imageMaxBytes = 32 * 1024 ** 2
const imagesMax = 50_000
/** What file managers leave behind. */
const leftovers = /(^|\/)(__MACOSX\/|\.[^/]*$|Thumbs\.db$|desktop\.ini$)/i
/** Other requests are served between so many files. */
const readBatch = 100

/**
 * The images of a zip of class folders (Caltech101 style). All class folders lie in one place, at whatever
 * depth. Throws DATASET_ARCHIVE_INVALID, DATASET_FOLDERS_INVALID.
 */
export async function openImageZip(file: DatasetFile, secret: string): Promise<ImageZip> {
  const zip = await readContent(file)
  const entries = named(file, () => openZip(zip, limits)).filter(({ name }) => !leftovers.test(name))
  const images: ZippedImage[] = []
  const places = new Set<string>()
  for (const [index, entry] of entries.entries()) {
    if (index % readBatch === 0) await setImmediate()
    const bytes = readEntry(file, entry)
    if (!isJpegOrPng(bytes)) continue
    const [folder, ...place] = entry.name.split('/').reverse().slice(1)
    if (folder === undefined || folder === '') throw foldersError(file, entry.name)
    places.add(place.join('/'))
    images.push({
      name: entry.name,
      className: folder.normalize('NFC').replace(/\p{C}/gu, ''),
      order: createHmac('sha256', secret).update(bytes).digest('hex'),
      read: () => readEntry(file, entry),
    })
  }
  if (places.size !== 1) throw foldersError(file, `${places.size} places with class folders`)
  if (images.length > imagesMax) throw archiveError(file, 'too-many')
  return { images, skipped: entries.length - images.length }
}

function readEntry(file: DatasetFile, entry: ZipEntry): Uint8Array {
  if (entry.size > imageMaxBytes) throw archiveError(file, 'too-large')
  return named(file, () => entry.read())
}

function named<T>(file: DatasetFile, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof ZipError ? archiveError(file, error.fault) : error
  }
}

function archiveError(file: DatasetFile, reason: string): TaikaiError {
  return new TaikaiError('DATASET_ARCHIVE_INVALID', { file: file.name, reason })
}

function foldersError(file: DatasetFile, detail: string): TaikaiError {
  return new TaikaiError('DATASET_FOLDERS_INVALID', { file: file.name, detail })
}
