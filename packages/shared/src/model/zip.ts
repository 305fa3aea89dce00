import { TaikaiError } from '../errors.ts'
import * as zip from '../zip.ts'
import { modelLimits } from './limits.ts'
import { type ModelFile, namesOf } from './model-file.ts'

const limits = { entries: modelLimits.zipEntries, bytes: modelLimits.zipBytes, ratio: modelLimits.zipRatio }

/** Unpacks a zip in memory. Throws MODEL_ARCHIVE_DAMAGED, or MODEL_ARCHIVE_INVALID with `reason`, a fault of ZipError. */
export function unzip(file: ModelFile): ModelFile[] {
  return named(file, () => zip.openZip(file.bytes, limits).map(({ name, read }) => ({ name, bytes: read() })))
}

/** Names of what is in a zip, without unpacking anything. Throws as `unzip`. */
export function zipNames(file: ModelFile): string[] {
  return named(file, () => zip.zipNames(file.bytes, limits))
}

function named<T>(file: ModelFile, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof zip.ZipError)) throw error
    // Who sent a damaged `.keras` knows of no zip.
    if (error.fault === 'damaged') throw new TaikaiError('MODEL_ARCHIVE_DAMAGED', { file: namesOf([file]) })
    throw new TaikaiError('MODEL_ARCHIVE_INVALID', { reason: error.fault })
  }
}
