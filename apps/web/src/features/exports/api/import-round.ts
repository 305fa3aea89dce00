import type { ImportedRound } from '@taikai/shared/wire/round-archive'
import { type UploadProgress, uploadForm } from '../../../lib/upload.ts'

export function importRound(
  file: File,
  options: { signal: AbortSignal; onProgress(progress: UploadProgress): void },
): Promise<ImportedRound> {
  const form = new FormData()
  form.append('meta', '{}')
  form.append('file', file, file.name)
  return uploadForm<ImportedRound>('/api/rounds/import', form, options)
}
