import {
  type DatasetSummary,
  datasetSummarySchema,
  importNoteSchema,
  type Dataset as WireDataset,
} from '@taikai/shared/wire/dataset'
import type { Dataset } from '../../generated/prisma/client.ts'
import type { DatasetWithRounds } from './datasets.repository.ts'

/** What anyone who may see the round may know of its dataset. */
export function presentDatasetSummary(dataset: Dataset): DatasetSummary {
  return {
    id: dataset.id,
    name: dataset.name,
    version: dataset.version,
    imageShape: [dataset.imageHeight, dataset.imageWidth, dataset.imageChannels],
    classNames: dataset.classNames,
    hiddenCount: dataset.hiddenCount,
    trainCount: dataset.trainCount,
    trainStatistics: datasetSummarySchema.shape.trainStatistics.parse(dataset.trainStatistics),
  }
}

/** For instructors. */
export function presentDataset(dataset: DatasetWithRounds): WireDataset {
  return {
    ...presentDatasetSummary(dataset),
    importNotes: importNoteSchema.array().parse(dataset.importNotes),
    createdAt: dataset.createdAt.toISOString(),
    rounds: dataset.rounds.map(({ slug, title }) => ({ slug, title })),
  }
}
