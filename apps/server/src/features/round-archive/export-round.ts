import type { Readable } from 'node:stream'
import { TaikaiError } from '@taikai/shared/errors'
import { importNoteSchema } from '@taikai/shared/wire/dataset'
import { leaderboardSchema } from '@taikai/shared/wire/leaderboard'
import type { Dataset, PrismaClient } from '../../generated/prisma/client.ts'
import type { BlobStore } from '../../platform/blob-store.ts'
import type { Db } from '../../platform/prisma.ts'
import { type NewZipEntry, writeZip } from '../../platform/zip-file.ts'
import { presentDatasetSummary } from '../datasets/datasets.presenter.ts'
import { rulesOf } from '../rounds/round-rules.ts'
import {
  findFurtherDatasets,
  findPeople,
  findSubmissionBlobs,
  findWholeRound,
  findWholeSubmission,
  type WholeRound,
} from './archive.repository.ts'
import { datasetBlobs, type ManifestText, manifestSchema, places } from './archive-manifest.ts'
import { archivedSubmissionSchema } from './archived-submission.ts'
import { submissionText } from './submission-text.ts'

const timeoutMs = 15 * 60_000

/**
 * Writes everything of a round into one zip, as it is at one moment: rows are read in one snapshot, and a blob never changes once a row
 * names it. The zip holds hidden labels and the secret of the split. Throws NOT_FOUND.
 */
export async function exportRound(
  { prisma, blobs, now }: { prisma: PrismaClient; blobs: BlobStore; now: () => Date },
  slug: string,
  path: string,
): Promise<void> {
  await prisma.$transaction(
    async (tx) => {
      const round = await findWholeRound(tx, slug)
      if (round === null) throw new TaikaiError('NOT_FOUND')
      const datasets = [round.dataset, ...(await findFurtherDatasets(tx, round))]
      const manifest = await manifestOf(tx, round, datasets, now())
      const stored = await findSubmissionBlobs(tx, round.id)
      await writeZip(
        path,
        [
          // What is written is what can be read: a fault shows here and not on the other server.
          text(places.manifest, async () => checked(manifestSchema, manifest)),
          ...datasets.flatMap((dataset) => datasetEntries(blobs, dataset)),
          ...round.submissions.map(({ id }) =>
            text(places.submission(id), async () =>
              checked(archivedSubmissionSchema, submissionText(await findWholeSubmission(tx, id))),
            ),
          ),
          ...stored.files.map(({ submissionId, position, blobKey }) =>
            blob(places.file(submissionId, position), () => blobs.read(blobKey)),
          ),
          ...stored.outputs.flatMap(({ id, outputsBlob }) =>
            outputsBlob === null ? [] : [blob(places.outputs(id), () => blobs.read(outputsBlob))],
          ),
        ],
        { withSums: true },
      )
    },
    { isolationLevel: 'RepeatableRead', timeout: timeoutMs, maxWait: 10_000 },
  )
}

function checked<T extends object>(schema: { parse(value: T): unknown }, value: T): T {
  schema.parse(value)
  return value
}

function text(name: string, make: () => Promise<object>): NewZipEntry {
  return { name, compress: true, read: async () => Buffer.from(JSON.stringify(await make())) }
}

function blob(name: string, read: () => Promise<Readable>): NewZipEntry {
  return { name, compress: false, read }
}

function datasetEntries(blobs: BlobStore, dataset: Dataset): NewZipEntry[] {
  return datasetBlobs.flatMap((field) => {
    const key = dataset[field]
    return key === null ? [] : [blob(places.dataset(dataset.id, field), () => blobs.read(key))]
  })
}

async function manifestOf(
  tx: Db,
  round: WholeRound,
  datasets: readonly Dataset[],
  now: Date,
): Promise<ManifestText> {
  const personIds = [
    ...round.entries.flatMap(({ members }) => members.map(({ userId }) => userId)),
    ...round.submissions.map(({ submittedById }) => submittedById),
    ...round.rescores.map(({ createdById }) => createdById),
  ].filter((id) => id !== null)
  return {
    format: 'taikai-round-1',
    exportedAt: now.toISOString(),
    round: {
      id: round.id,
      slug: round.slug,
      title: round.title,
      description: round.description,
      datasetId: round.datasetId,
      publicPercent: round.publicPercent,
      splitSeed: round.splitSeed,
      timeZone: round.timeZone,
      opensAt: iso(round.opensAt),
      freezesAt: iso(round.freezesAt),
      closesAt: iso(round.closesAt),
      publishedAt: iso(round.publishedAt),
      visitorsMaySee: round.visitorsMaySee,
      rules: rulesOf(round),
      createdAt: round.createdAt.toISOString(),
    },
    datasets: datasets.map(datasetText),
    people: await findPeople(tx, [...new Set(personIds)]),
    entries: round.entries.map(
      ({ id, name, kind, disqualifiedAt, disqualifiedReason, createdAt, members }) => ({
        ...{ id, name, kind, disqualifiedReason },
        disqualifiedAt: iso(disqualifiedAt),
        createdAt: createdAt.toISOString(),
        members: members.map(({ userId, joinedAt }) => ({
          personId: userId,
          joinedAt: joinedAt.toISOString(),
        })),
      }),
    ),
    enginePins: manifestSchema.shape.enginePins.parse(
      round.enginePins.map(({ family, engine }) => ({ family, engine })),
    ),
    rescores: round.rescores.map(
      ({ id, submissionId, selection, datasetId, engine, createdById, ...dates }) => ({
        ...{ id, submissionId, selection, datasetId, createdById },
        engine: manifestSchema.shape.rescores.element.shape.engine.parse(engine),
        createdAt: dates.createdAt.toISOString(),
        madeLiveAt: iso(dates.madeLiveAt),
        abandonedAt: iso(dates.abandonedAt),
      }),
    ),
    standings: round.standings.map(({ version, publishedAt, leaderboard }) => ({
      version,
      publishedAt: publishedAt.toISOString(),
      leaderboard: leaderboardSchema.parse(leaderboard),
    })),
    announcements: round.announcements.map(({ body, createdAt, updatedAt }) => ({
      body,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    })),
    submissionIds: round.submissions.map(({ id }) => id),
  }
}

function datasetText(dataset: Dataset): ManifestText['datasets'][number] {
  const { id, name, classNames, hiddenCount, trainCount, trainStatistics } = presentDatasetSummary(dataset)
  const { imageHeight, imageWidth, imageChannels } = dataset
  return {
    ...{ id, name, classNames, hiddenCount, trainCount, trainStatistics, imageHeight, imageWidth },
    imageChannels: imageChannels === 1 ? 1 : 3,
    importNotes: importNoteSchema.array().parse(dataset.importNotes),
    createdAt: dataset.createdAt.toISOString(),
  }
}

function iso(date: Date | null): string | null {
  return date?.toISOString() ?? null
}
