import type { ErrorCode, ErrorParams } from '@taikai/shared/errors'
import { submissionMaxFiles } from '@taikai/shared/wire/submission'

/** What systems put into folders; hidden files belong to no model either. */
const isOfSystem = (name: string) => /^(\.|Thumbs\.db$|desktop\.ini$)/i.test(name)

/** Files with others added: one of the same name takes the place of the one before. */
export function withFiles(files: readonly File[], added: readonly File[]): File[] {
  const kept = added.filter(({ name }) => !isOfSystem(name))
  const names = new Set(kept.map(({ name }) => name))
  return [...files.filter(({ name }) => !names.has(name)), ...kept]
}

/** Why these files would be refused before anybody looked into them; null where they would not. */
export function refusalOf(
  files: readonly Pick<File, 'name' | 'size'>[],
  limitBytes: number,
): { code: ErrorCode; params: ErrorParams } | null {
  if (files.length > submissionMaxFiles) {
    return { code: 'UPLOAD_TOO_MANY_FILES', params: { limit: submissionMaxFiles } }
  }
  const names = files.map(({ name }) => name)
  // Files of two folders that were dropped together.
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) return { code: 'UPLOAD_NAME_REPEATED', params: { name: repeated } }
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  return bytes > limitBytes ? { code: 'UPLOAD_TOO_LARGE', params: { limitBytes } } : null
}
