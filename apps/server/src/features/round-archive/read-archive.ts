import { TaikaiError } from '@taikai/shared/errors'
import { z } from 'zod'
import type { ZipOnDisk } from '../../platform/zip-file.ts'
import { invalidArchive } from './archive-error.ts'
import { datasetBlobs, type Manifest, manifestSchema, places } from './archive-manifest.ts'
import { type ArchivedSubmission, archivedSubmissionSchema } from './archived-submission.ts'

/** A round of a thousand teams stays far below. */
export const archiveLimits = { entries: 500_000, bytes: 16 * 1024 ** 3, ratio: 200 }
const manifestMaxBytes = 64 * 1024 ** 2
/** The longest inspection there can be is about a tenth of it. */
const submissionMaxBytes = 16 * 1024 ** 2

const anyFormat = z.object({ format: z.string().regex(/^taikai-round-\d+$/) })

/**
 * The manifest of a round's zip, all of whose references hold. Throws ROUND_ARCHIVE_INVALID, and ROUND_ARCHIVE_NEWER for one that
 * another version of Taikai wrote.
 */
export async function readManifest(zip: ZipOnDisk): Promise<Manifest> {
  const value = await readJson(zip, places.manifest, manifestMaxBytes)
  const format = anyFormat.safeParse(value)
  if (format.success && format.data.format !== 'taikai-round-1') throw new TaikaiError('ROUND_ARCHIVE_NEWER')
  const manifest = manifestSchema.safeParse(value)
  if (!manifest.success) throw invalidArchive(places.manifest, { cause: manifest.error })
  requireReferences(manifest.data)
  return manifest.data
}

/** Throws ROUND_ARCHIVE_INVALID. */
export async function readSubmission(
  zip: ZipOnDisk,
  manifest: Manifest,
  id: string,
): Promise<ArchivedSubmission> {
  const place = places.submission(id)
  const parsed = archivedSubmissionSchema.safeParse(await readJson(zip, place, submissionMaxBytes))
  if (!parsed.success) throw invalidArchive(place, { cause: parsed.error })
  const submission = parsed.data
  const references: [string, boolean][] = [
    ['id', submission.id === id],
    ['live run', submission.runs.filter(({ live }) => live).length === 1],
    ['entry', manifest.entries.some((entry) => entry.id === submission.entryId)],
    ['dataset', submission.runs.every((run) => manifest.datasets.some((one) => one.id === run.datasetId))],
    [
      'rescore',
      submission.runs.every(
        ({ rescoreId }) =>
          rescoreId === null || manifest.rescores.some((rescore) => rescore.id === rescoreId),
      ),
    ],
  ]
  const broken = references.find(([, holds]) => !holds)
  if (broken !== undefined) throw invalidArchive(`${place}: ${broken[0]}`)
  return submission
}

/** The entries of the zip that a submission brings. */
export function submissionPlaces({ id, files, runs }: ArchivedSubmission): string[] {
  return [
    places.submission(id),
    ...files.map(({ position }) => places.file(id, position)),
    ...runs.filter(({ hasOutputs }) => hasOutputs).map((run) => places.outputs(run.id)),
  ]
}

/** The entries of the zip that the manifest and its datasets bring. */
export function manifestPlaces({ datasets }: Manifest): string[] {
  return [
    places.manifest,
    ...datasets.flatMap(({ id, trainCount }) =>
      datasetBlobs
        .filter((blob) => trainCount > 0 || !blob.startsWith('train'))
        .map((blob) => places.dataset(id, blob)),
    ),
  ]
}

function requireReferences(manifest: Manifest): void {
  const { round, datasets, entries, people, rescores, submissionIds } = manifest
  const datasetIds = new Set(datasets.map(({ id }) => id))
  const personIds = new Set(people.map(({ id }) => id))
  const emails = new Set(people.map(({ email }) => email.toLowerCase()))
  const known = new Set(submissionIds)
  const references: [string, boolean][] = [
    ['datasets', datasetIds.size === datasets.length && datasets[0]?.id === round.datasetId],
    ['people', personIds.size === people.length && emails.size === people.length],
    ['members', entries.every(({ members }) => members.every(({ personId }) => personIds.has(personId)))],
    ['standings', round.publishedAt === null || manifest.standings.length > 0],
    ['submissions', known.size === submissionIds.length],
    [
      'rescores',
      rescores.every(
        ({ datasetId, submissionId }) =>
          datasetIds.has(datasetId) && (submissionId === null || known.has(submissionId)),
      ),
    ],
  ]
  const broken = references.find(([, holds]) => !holds)
  if (broken !== undefined) throw invalidArchive(`${places.manifest}: ${broken[0]}`)
}

async function readJson(zip: ZipOnDisk, place: string, maxBytes: number): Promise<unknown> {
  const bytes = await zip.readBytes(place, maxBytes)
  try {
    return JSON.parse(Buffer.from(bytes).toString())
  } catch (cause) {
    throw invalidArchive(place, { cause })
  }
}
