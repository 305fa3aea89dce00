import type { ImportNote } from '@taikai/shared/wire/dataset'
import type { DatasetFile, LabelledImages } from './labelled-images.ts'

/** What a dataset is read from. */
export type SourceFiles = {
  hidden: readonly DatasetFile[]
  /** May be empty. */
  train: readonly DatasetFile[]
}

/** What was read. */
export type DatasetContent = {
  imageShape: readonly [height: number, width: number, channels: number]
  classNames: readonly string[]
  hidden: LabelledImages
  train: LabelledImages | null
  /** What the reader noticed, and what it did to the images. */
  notes: ImportNote[]
}
