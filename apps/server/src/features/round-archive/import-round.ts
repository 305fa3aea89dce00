import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { ImportedRound } from '@taikai/shared/wire/round-archive'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { BlobStore } from '../../platform/blob-store.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'
import { openZipFile, type ZipOnDisk } from '../../platform/zip-file.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import { lockDatasets } from '../datasets/datasets.repository.ts'
import { removeUnusedBlobs } from '../datasets/datasets.service.ts'
import { lockFilesForInsert } from '../submissions/submissions.repository.ts'
import { isRoundHere } from './archive.repository.ts'
import { archiveError, invalidArchive } from './archive-error.ts'
import { type Manifest, places } from './archive-manifest.ts'
import type { ArchivedSubmission } from './archived-submission.ts'
import { freshIds, sameIds } from './id-map.ts'
import { importDataset } from './import-datasets.ts'
import { importPeople } from './import-people.ts'
import { insertRescores, insertRound, insertRuns, insertSubmission, type Translation } from './import-rows.ts'
import {
  archiveLimits,
  manifestPlaces,
  readManifest,
  readSubmission,
  submissionPlaces,
} from './read-archive.ts'

type ImportDeps = { prisma: PrismaClient; blobs: BlobStore }
/** Work on one zip: `folder` lies on the blob store's disk. `stored` are keys of blobs that a failure has to remove. */
type Work = {
  blobs: BlobStore
  zip: ZipOnDisk
  folder: string
  stored: { ofDatasets: string[]; ofSubmissions: string[] }
}

const timeoutMs = 15 * 60_000
const slugMaxLength = 60

/**
 * Brings a round back from the zip that `exportRound` wrote, on this server or another, with the same standings: in one transaction,
 * whose failure removes what was stored. Throws ROUND_ARCHIVE_INVALID, ROUND_ARCHIVE_NEWER.
 */
export async function importRound(
  { prisma, blobs }: ImportDeps,
  actor: Actor,
  { path, folder }: { path: string; folder: string },
): Promise<ImportedRound> {
  const stored: Work['stored'] = { ofDatasets: [], ofSubmissions: [] }
  let zip: ZipOnDisk | null = null
  try {
    const opened = await openZipFile(path, archiveLimits)
    zip = opened
    const manifest = await readManifest(opened)
    return await prisma.$transaction(
      (tx) => bringIn(tx, actor, manifest, { blobs, zip: opened, folder, stored }),
      { timeout: timeoutMs, maxWait: 10_000 },
    )
  } catch (error) {
    for (const key of stored.ofSubmissions) await blobs.remove(key)
    await removeUnusedBlobs({ prisma, blobs }, stored.ofDatasets)
    throw archiveError(error)
  } finally {
    zip?.close()
  }
}

async function bringIn(tx: Db, actor: Actor, manifest: Manifest, work: Work): Promise<ImportedRound> {
  await lockDatasets(tx)
  await lockFilesForInsert(tx)
  const datasets = new Map<string, string>()
  for (const dataset of manifest.datasets) {
    const onStored = (key: string) => work.stored.ofDatasets.push(key)
    datasets.set(dataset.id, await importDataset(tx, work.zip, dataset, { ...work, onStored }))
  }
  const { round, entries, submissionIds } = manifest
  const translation: Translation = {
    slug: await freeSlug(tx, round.slug),
    // On a server that has not seen the round, addresses of submissions, receipts and pseudonyms stay what they were.
    idOf: (await isRoundHere(tx, { id: round.id }))
      ? freshIds(
          entries.map(({ id }) => id),
          submissionIds,
        )
      : sameIds,
    datasetOf: (id) => datasets.get(id) ?? id,
    people: await importPeople(tx, manifest),
  }
  await insertRound(tx, manifest, translation)
  const expected = await bringInSubmissions(tx, manifest, translation, work)
  requireNothingElse(work.zip, expected)
  const { slug, people } = translation
  await recordAudit(tx, {
    actor,
    action: 'round.import',
    subjectType: 'round',
    subjectId: slug,
    after: {
      title: round.title,
      exportedSlug: round.slug,
      entries: entries.length,
      submissions: submissionIds.length,
      peopleMatched: people.matched,
      peopleCreated: people.created,
    },
  })
  for (const topic of ['rounds', 'datasets', `leaderboard/${slug}`]) await notify(tx, { topic })
  return {
    slug,
    title: round.title,
    slugWasTaken: slug !== round.slug,
    entries: entries.length,
    submissions: submissionIds.length,
    peopleMatched: people.matched,
    peopleCreated: people.created,
  }
}

/** Gives the entries of the zip that the round needs. */
async function bringInSubmissions(
  tx: Db,
  manifest: Manifest,
  translation: Translation,
  work: Work,
): Promise<Set<string>> {
  const expected = new Set(manifestPlaces(manifest))
  // Rescores name submissions, and runs name rescores.
  for (const id of manifest.submissionIds) {
    const submission = await readSubmission(work.zip, manifest, id)
    for (const place of submissionPlaces(submission)) expected.add(place)
    const files = await insertSubmission(tx, manifest, submission, translation)
    // After its row, whose id is then surely its own: another submission's files are not overwritten.
    for (const file of files) await storeFile(work, submission, file)
  }
  await insertRescores(tx, manifest, translation)
  for (const id of manifest.submissionIds) {
    const submission = await readSubmission(work.zip, manifest, id)
    for (const { runId, blobKey } of await insertRuns(tx, submission, translation)) {
      await store(work, places.outputs(runId), blobKey)
    }
  }
  return expected
}

async function storeFile(
  work: Work,
  { id }: ArchivedSubmission,
  { position, blobKey, sha256 }: { position: number; blobKey: string; sha256: string },
): Promise<void> {
  const place = places.file(id, position)
  if ((await store(work, place, blobKey)) !== sha256) throw invalidArchive(`${place}: not what its sum says`)
}

async function store({ blobs, zip, folder, stored }: Work, place: string, key: string): Promise<string> {
  const path = join(folder, randomUUID())
  const { sha256 } = await zip.unpack(place, path)
  stored.ofSubmissions.push(key)
  await blobs.adopt(key, path)
  return sha256
}

function requireNothingElse({ names }: ZipOnDisk, expected: ReadonlySet<string>): void {
  const other = names.find((name) => !expected.has(name))
  if (other !== undefined) throw invalidArchive(`${other} belongs to nothing`)
}

/** The address itself, or with the first number behind it that is free. */
async function freeSlug(tx: Db, wanted: string): Promise<string> {
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : `-${number}`
    const slug = `${wanted.slice(0, slugMaxLength - suffix.length).replace(/-+$/, '')}${suffix}`
    if (!(await isRoundHere(tx, { slug }))) return slug
  }
}
