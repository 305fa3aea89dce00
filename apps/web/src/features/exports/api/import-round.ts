import type { ImportedRound } from '@taikai/shared/wire/round-archive'
import { uploadForm } from '../../../lib/upload.ts'
import type { UploadProgress } from '../../../lib/upload-progress.ts'

export function importRound(
  file: File,
  options: { signal: AbortSignal; onProgress(progress: UploadProgress): void },
): Promise<ImportedRound> {
  const form = new FormData()
  form.append('meta', '{}')
  form.append('file', file, file.name)
  return uploadForm<ImportedRound>('/api/rounds/import', form, options)
}
