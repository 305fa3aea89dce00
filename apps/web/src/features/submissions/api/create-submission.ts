import type { Preprocessing } from '@taikai/shared/preprocessing'
import type { Submission } from '@taikai/shared/wire/submission'
import { type UploadProgress, uploadForm } from '../../../lib/upload.ts'

export type NewSubmission = {
  meta: { label: string; note: string; preprocessing: Preprocessing }
  files: readonly File[]
}

export function createSubmission(
  slug: string,
  { meta, files }: NewSubmission,
  options: { signal: AbortSignal; onProgress(progress: UploadProgress): void },
): Promise<Submission> {
  const form = new FormData()
  form.append('meta', JSON.stringify(meta))
  for (const file of files) form.append('files', file, file.name)
  return uploadForm<Submission>(`/api/rounds/${encodeURIComponent(slug)}/submissions`, form, options)
}
