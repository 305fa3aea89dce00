import { TaikaiError } from '../errors.ts'
import * as zip from '../zip.ts'
import { modelLimits } from './limits.ts'
import type { ModelFile } from './model-file.ts'

const limits = { entries: modelLimits.zipEntries, bytes: modelLimits.zipBytes, ratio: modelLimits.zipRatio }

/** Unpacks a zip in memory. Throws MODEL_ARCHIVE_INVALID with `reason`, a fault of ZipError. */
export function unzip(bytes: Uint8Array): ModelFile[] {
  return named(() => zip.openZip(bytes, limits).map(({ name, read }) => ({ name, bytes: read() })))
}

/** Names of what is in a zip, without unpacking anything. Throws as `unzip`. */
export function zipNames(bytes: Uint8Array): string[] {
  return named(() => zip.zipNames(bytes, limits))
}

function named<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof zip.ZipError) throw new TaikaiError('MODEL_ARCHIVE_INVALID', { reason: error.fault })
    throw error
  }
}
