import type { Preprocessing } from '@taikai/shared/preprocessing'
import type { Submission } from '@taikai/shared/wire/submission'
import { uploadForm } from '../../../lib/upload.ts'
import type { UploadProgress } from '../../../lib/upload-progress.ts'

export type NewSubmission = {
  meta: { label: string; note: string; preprocessing: Preprocessing }
  files: readonly File[]
}

type Sending = {
  signal: AbortSignal
  onProgress(progress: UploadProgress): void
  headers?: Readonly<Record<string, string>>
}

/** Sent again with the same `uploadKey`, an upload is still one submission. */
export const createSubmission = (
  slug: string,
  { meta, files }: NewSubmission,
  uploadKey: string,
  sending: Sending,
) =>
  send(`/api/rounds/${encodeURIComponent(slug)}/submissions`, meta, files, {
    ...sending,
    headers: { 'idempotency-key': uploadKey },
  })

/** An instructor's submission that the ranking shows under `name`, without a rank. */
export const createBaseline = (
  slug: string,
  { meta, files }: NewSubmission,
  name: string,
  sending: Sending,
) => send(`/api/rounds/${encodeURIComponent(slug)}/baselines`, { ...meta, name }, files, sending)

function send(path: string, meta: object, files: readonly File[], sending: Sending): Promise<Submission> {
  const form = new FormData()
  form.append('meta', JSON.stringify(meta))
  for (const file of files) form.append('files', file, file.name)
  return uploadForm<Submission>(path, form, sending)
}
