import { TaikaiError } from '../errors.ts'
import { fileKind, zipFormat } from './file-kind.ts'
import { baseName, type ModelFile } from './model-file.ts'
import { unsupportedFormat } from './unsupported-format.ts'
import { unzip, zipNames } from './zip.ts'

/** The files of an upload, those of a zip in its place. Throws UPLOAD_NO_FILES, MODEL_FILE_EMPTY or MODEL_ARCHIVE_… */
export function openUpload(upload: readonly ModelFile[]): ModelFile[] {
  if (upload.length === 0) throw new TaikaiError('UPLOAD_NO_FILES')
  const files = upload.flatMap(unpack)
  for (const file of files)
    if (fileKind(file.bytes).kind === 'empty') throw new TaikaiError('MODEL_FILE_EMPTY', { file: file.name })
  return files
}

function unpack(file: ModelFile): ModelFile[] {
  if (fileKind(file.bytes).kind !== 'zip') return [file]
  refuseForeign(file)
  // A `.keras` file is a zip itself, and a student may have put it into one.
  if (isKerasArchive(file)) return partsOf(file)
  return withoutShadows(unzip(file)).flatMap((inner) => (isKerasArchive(inner) ? partsOf(inner) : [inner]))
}

const partsOf = (keras: ModelFile) =>
  withoutShadows(unzip(keras)).map((part) => ({ ...part, archive: keras.name }))

function refuseForeign(zip: ModelFile): void {
  const format = zipFormat(zipNames(zip))
  if (format !== null) throw unsupportedFormat(format)
}

const isKerasArchive = (file: ModelFile) =>
  fileKind(file.bytes).kind === 'zip' && zipNames(file).includes('model.weights.h5')

/** macOS adds a shadow of every file under this folder. */
const withoutShadows = (files: readonly ModelFile[]) =>
  files.filter(({ name }) => !name.startsWith('__MACOSX/') && baseName(name) !== '.DS_Store')
