import { createHash, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { TaikaiError } from '@taikai/shared/errors'
import { checkLayerRules } from '@taikai/shared/model/layer-rules'
import { type Preprocessing, presetsNeedingTraining } from '@taikai/shared/preprocessing'
import { assertPreprocessingFits } from '@taikai/shared/preprocessing-fits'
import type { Submission, SubmissionMeta } from '@taikai/shared/wire/submission'
import type { PrismaClient, Round } from '../../generated/prisma/client.ts'
import type { ScoringQueue } from '../../jobs/scoring-queue.ts'
import type { BlobStore } from '../../platform/blob-store.ts'
import type { Db } from '../../platform/prisma.ts'
import type { InspectModel } from '../../scoring/inspector.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import { takeQuota } from '../quota/quota.service.ts'
import { rulesOf } from '../rounds/round-rules.ts'
import { canSeeEngineNote, canSeeSubmission } from './submissions.policy.ts'
import { presentSubmission } from './submissions.presenter.ts'
import {
  cancelUnfinished,
  findDataset,
  findSubmission,
  findSubmissions,
  findUploaded,
  insertSubmission,
  lockFilesForInsert,
  type SubmissionRow,
} from './submissions.repository.ts'
import { findWaits, noWait } from './waits.service.ts'

type Person = { id: string; role: 'STUDENT' | 'INSTRUCTOR' }

/** A file that lies complete in a temporary place on the blob store's disk. `sha256` is hexadecimal. */
export type StagedFile = { name: string; path: string; bytes: number; sha256: string }

export type CreateSubmissionDeps = {
  prisma: PrismaClient
  blobs: BlobStore
  queue: ScoringQueue
  inspect: InspectModel
}
export type CreateSubmissionInput = {
  /** As it was when the submission arrived. */
  round: Round
  /** The entry, or what makes one for the submission of that id in its transaction; with the submission it comes and goes. */
  entryId: string | ((tx: Db, submissionId: string) => Promise<string>)
  /** Null for baselines that the system itself brought. */
  submittedById: string | null
  receivedAt: Date
  /** Names the upload, so that sending it again makes no second submission. */
  uploadKey?: string | null
  meta: SubmissionMeta
  files: readonly StagedFile[]
}

/**
 * Inspects the model and, if it is sound and keeps the round's rules, takes quota, keeps its files and queues its first run.
 * What inspection or rules refuse throws its TaikaiError, costs no quota and leaves nothing behind; the staged files are then
 * still the caller's. Throws QUOTA_DAY_USED and QUOTA_TOTAL_USED, and leaves nothing either. Gives the submission that the entry
 * has of this upload where another request made it meanwhile.
 */
export async function createSubmission(
  { prisma, blobs, queue, inspect }: CreateSubmissionDeps,
  { round, entryId, submittedById, receivedAt, uploadKey = null, meta, files }: CreateSubmissionInput,
): Promise<{ id: string }> {
  const dataset = await findDataset(prisma, round.datasetId)
  assertPreprocessingPossible(meta.preprocessing, dataset)
  const contents = await Promise.all(
    files.map(async ({ name, path }) => ({ name, bytes: new Uint8Array(await readFile(path)) })),
  )
  const { inspection } = await inspect(contents, {
    imageShape: [dataset.imageHeight, dataset.imageWidth, dataset.imageChannels],
    classCount: dataset.classNames.length,
  })
  checkLayerRules(inspection, rulesOf(round))
  assertPreprocessingFits(inspection, meta.preprocessing)

  const id = randomUUID()
  const stored = files.map(({ name, bytes, sha256 }, position) => {
    return { position, name, bytes, sha256, blobKey: `submissions/${id}/${position}` }
  })
  const row = {
    id,
    roundId: round.id,
    submittedById,
    receivedAt,
    label: meta.label,
    note: meta.note,
    preprocessing: meta.preprocessing,
    modelSha256: modelSha256(contents),
    uploadBytes: files.reduce((sum, file) => sum + file.bytes, 0),
    uploadKey,
    format: inspection.format,
    parameters: inspection.parameters,
    macs: inspection.macs,
    inspection,
  }
  try {
    await prisma.$transaction(
      async (tx) => {
        await lockFilesForInsert(tx)
        for (const [position, { path }] of files.entries()) {
          await blobs.adopt(`submissions/${id}/${position}`, path)
        }
        const ownEntryId = typeof entryId === 'string' ? entryId : await entryId(tx, id)
        // Last, because others of this entry wait from here on.
        await takeQuota(tx, round, ownEntryId, receivedAt)
        await insertSubmission(tx, { ...row, entryId: ownEntryId }, stored)
      },
      { timeout: 60_000, maxWait: 10_000 },
    )
  } catch (error) {
    // What cannot be removed now, and what a process that is killed here leaves, is removed with the orphans when a worker
    // starts; what went wrong first is what has to be told.
    await Promise.allSettled(stored.map(({ blobKey }) => blobs.remove(blobKey)))
    // The same upload, sent again while the first was still looked at: it took the key, and maybe the last of the quota.
    const sentBefore = typeof entryId === 'string' ? await findUploaded(prisma, entryId, uploadKey) : null
    if (sentBefore !== null) return sentBefore
    throw error
  }
  // Committed first: a worker that is woken before finds nothing.
  await queue.wake(1)
  return { id }
}

/** Throws NOT_FOUND when there is none, and equally when the viewer may not see it. */
export async function getSubmission(
  prisma: PrismaClient,
  { id, viewer, now }: { id: string; viewer: Person; now: Date },
): Promise<Submission> {
  const row = await findSubmission(prisma, id)
  if (row === null || !canSeeSubmission(viewer, row)) throw new TaikaiError('NOT_FOUND')
  const [submission] = await present(prisma, [row], viewer, now)
  if (submission === undefined) throw new TaikaiError('NOT_FOUND')
  return submission
}

/** Newest first. With `entryId` null, those of all entries: for instructors. */
export async function listSubmissions(
  prisma: PrismaClient,
  { roundId, entryId, viewer, now }: { roundId: string; entryId: string | null; viewer: Person; now: Date },
): Promise<Submission[]> {
  return present(prisma, await findSubmissions(prisma, { roundId, entryId }), viewer, now)
}

/**
 * Cancels a submission that is queued or running; a running one's process is stopped by its worker within a second or so.
 * Throws NOT_FOUND as above, and SUBMISSION_FINISHED when there is nothing left to cancel.
 */
export async function cancelSubmission(
  prisma: PrismaClient,
  actor: Actor,
  { id, viewer, now }: { id: string; viewer: Person; now: Date },
): Promise<void> {
  const row = await findSubmission(prisma, id)
  if (row === null || !canSeeSubmission(viewer, row)) throw new TaikaiError('NOT_FOUND')
  await prisma.$transaction(async (tx) => {
    if (!(await cancelUnfinished(tx, row, now))) throw new TaikaiError('SUBMISSION_FINISHED')
    if (viewer.role !== 'INSTRUCTOR') return
    await recordAudit(tx, {
      actor,
      action: 'submission.cancel',
      subjectType: 'submission',
      subjectId: id,
      before: { status: row.status },
      after: { status: 'CANCELLED' },
    })
  })
}

async function present(
  prisma: PrismaClient,
  rows: readonly SubmissionRow[],
  viewer: Person,
  now: Date,
): Promise<Submission[]> {
  const waits = await findWaits(prisma, rows, viewer, now)
  const withEngineNote = canSeeEngineNote(viewer)
  return rows.map((row) => presentSubmission(row, waits.get(row.id) ?? noWait, withEngineNote))
}

function assertPreprocessingPossible(
  preprocessing: Preprocessing,
  dataset: { imageChannels: number; trainCount: number },
): void {
  if (presetsNeedingTraining.includes(preprocessing.preset) && dataset.trainCount === 0) {
    throw new TaikaiError('PREPROCESSING_UNAVAILABLE', { preset: preprocessing.preset })
  }
  if (preprocessing.preset !== 'custom') return
  for (const numbers of [preprocessing.mean, preprocessing.std]) {
    if (numbers.length !== 1 && numbers.length !== dataset.imageChannels) {
      throw new TaikaiError('PREPROCESSING_INVALID')
    }
  }
}

/** SHA-256 over the files' bytes, in order of their names. */
function modelSha256(files: readonly { name: string; bytes: Uint8Array }[]): string {
  const hash = createHash('sha256')
  const byName = files.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  for (const { bytes } of byName) hash.update(bytes)
  return hash.digest('hex')
}
