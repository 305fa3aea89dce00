import type { Dataset, ImportDataset } from '@taikai/shared/wire/dataset'
import { uploadForm } from '../../../lib/upload.ts'
import type { UploadProgress } from '../../../lib/upload-progress.ts'

export type DatasetFiles = { hidden: readonly File[]; train: readonly File[] }

export function importDataset(
  meta: ImportDataset,
  files: DatasetFiles,
  options: { signal: AbortSignal; onProgress(progress: UploadProgress): void },
): Promise<Dataset> {
  const form = new FormData()
  form.append('meta', JSON.stringify(meta))
  for (const file of files.hidden) form.append('hidden', file, file.name)
  for (const file of files.train) form.append('train', file, file.name)
  return uploadForm<Dataset>('/api/datasets', form, options)
}
