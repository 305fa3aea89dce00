import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { TaikaiError } from '@taikai/shared/errors'
import type { ImportDataset, ImportNote } from '@taikai/shared/wire/dataset'
import type { DatasetContent, SourceFiles } from './dataset-content.ts'
import { readImageFolders } from './image-folders.ts'
import type { DatasetFile } from './labelled-images.ts'
import { readNpzFiles } from './npz-files.ts'
import { readOfficial } from './official.ts'
import { knownFile } from './official-files.ts'

export type DatasetSource = ImportDataset & SourceFiles

/**
 * Reads the hidden and the training images of a dataset. `drawSecret` decides which images of a single zip are hidden.
 * Throws UPLOAD_NO_FILES, DATASET_FORMAT_UNKNOWN, DATASET_SIZE_INVALID, DATASET_LABELS_MISSING, DATASET_LABEL_OUT_OF_RANGE, and what
 * `readNpzFiles` and `readImageFolders` throw.
 */
export async function readDataset(source: DatasetSource, drawSecret: string): Promise<DatasetContent> {
  if (source.hidden.length === 0) throw new TaikaiError('UPLOAD_NO_FILES')
  const content = await readFormat(source, drawSecret)
  const known = await knownFileNotes([...source.hidden, ...source.train])
  return { ...content, notes: [...known, ...content.notes] }
}

function readFormat(source: DatasetSource, drawSecret: string): Promise<DatasetContent> {
  switch (source.format) {
    case 'npz':
      return readNpzFiles(source)
    case 'image-folder':
      return readImageFolders(source, drawSecret)
    default:
      return readOfficial(source.format, source)
  }
}

async function knownFileNotes(files: readonly DatasetFile[]): Promise<ImportNote[]> {
  const notes: ImportNote[] = []
  for (const { name, path } of files) {
    const hash = createHash('md5')
    await pipeline(createReadStream(path), hash)
    const md5 = hash.digest('hex')
    const what = knownFile(md5)
    if (what !== null) notes.push({ kind: 'KNOWN_FILE', file: name, md5, what })
  }
  return notes
}
