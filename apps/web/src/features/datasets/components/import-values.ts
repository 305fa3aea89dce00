import type { DatasetFormat, ImportDataset } from '@taikai/shared/wire/dataset'

/** What the import form holds; a format uses the fields that it needs. */
export type ImportValues = {
  name: string
  format: DatasetFormat
  hidden: File[]
  train: File[]
  /** Names with commas between them. */
  classNames: string
  imageSize: number
  /** Null: all images are for scoring. */
  hiddenPercent: number | null
}

export const emptyImport: ImportValues = {
  name: '',
  format: 'cifar10',
  hidden: [],
  train: [],
  classNames: '',
  imageSize: 64,
  hiddenPercent: null,
}

/** What is sent before the files. */
export function importMeta(values: ImportValues): ImportDataset {
  const { name, format, imageSize, hiddenPercent, train } = values
  switch (format) {
    case 'npz': {
      const classNames = values.classNames
        .split(/[,、，]/)
        .map((each) => each.trim())
        .filter((each) => each !== '')
      return { name, format, ...(classNames.length > 0 && { classNames }) }
    }
    case 'image-folder': {
      const isDrawn = hiddenPercent !== null && train.length === 0
      return { name, format, imageSize, ...(isDrawn && { hiddenPercent }) }
    }
    default:
      return { name, format }
  }
}
