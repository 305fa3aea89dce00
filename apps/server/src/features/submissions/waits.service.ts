import type { Submission, WaitingList } from '@taikai/shared/wire/submission'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { findRunsWithoutEngine } from '../../jobs/engine-pins.repository.ts'
import { findWorkers, livingEngines, livingSlots } from '../../jobs/workers.repository.ts'
import { findFrozenRounds } from '../rounds/rounds.repository.ts'
import { expectedOfQueued, expectedOfRunning } from './expected-wait.ts'
import type { SubmissionRow } from './submissions.repository.ts'
import { findElapsed, findQueuePlaces, findRecentRuns, findWaitingIds } from './waits.repository.ts'

/** What is said of the time until a score is there. */
export type Wait = Pick<Submission, 'queuePosition' | 'othersHidden' | 'noWorker' | 'expectedSeconds'>

export const noWait: Wait = {
  queuePosition: null,
  othersHidden: false,
  noWorker: false,
  expectedSeconds: null,
}

/** After its close a round's last submissions are scored; a day later none of them waits any more. */
const scoredWithinMs = 24 * 3_600_000

/** How the unfinished among these submissions wait, by id; the others are left out. */
export async function findWaits(
  prisma: PrismaClient,
  rows: readonly SubmissionRow[],
  viewer: { role: 'STUDENT' | 'INSTRUCTOR' },
  now: Date,
): Promise<Map<string, Wait>> {
  const queued = await findQueuedWaits(prisma, rows, viewer, now)
  return new Map([...queued, ...(await findRunningWaits(prisma, rows))])
}

/** The unfinished submissions of a person's own teams, in every round. */
export async function listWaiting(prisma: PrismaClient, userId: string): Promise<WaitingList> {
  return { ids: await findWaitingIds(prisma, userId) }
}

async function findQueuedWaits(
  prisma: PrismaClient,
  rows: readonly SubmissionRow[],
  viewer: { role: 'STUDENT' | 'INSTRUCTOR' },
  now: Date,
): Promise<Map<string, Wait>> {
  const runs = liveRuns(rows, 'QUEUED')
  if (runs.length === 0) return new Map()
  const workers = await findWorkers(prisma)
  // Of the submissions of others in these rounds not even the number may be seen, nor how long they make one wait.
  const frozen = viewer.role === 'INSTRUCTOR' ? [] : await findFrozenRounds(prisma, now)
  const othersHidden = frozen.some(
    ({ closesAt }) => closesAt === null || now.getTime() < closesAt.getTime() + scoredWithinMs,
  )
  const runIds = runs.map(({ id }) => id)
  const hidden = frozen.map(({ id }) => id)
  const datasetIds = [...new Set(runs.map(({ datasetId }) => datasetId))]
  const [places, recent, withoutWorker] = await Promise.all([
    findQueuePlaces(prisma, runIds, hidden),
    findRecentRuns(prisma, datasetIds),
    findRunsWithoutEngine(prisma, livingEngines(workers), runIds),
  ])
  const slots = livingSlots(workers)
  return new Map(
    runs.map(({ id, submissionId, datasetId }) => {
      const place = places.get(id)
      const noWorker = withoutWorker.has(id)
      const expectedSeconds =
        place === undefined || noWorker || othersHidden
          ? null
          : expectedOfQueued(place, recent.get(datasetId) ?? null, slots)
      return [submissionId, { queuePosition: place?.ahead ?? null, othersHidden, noWorker, expectedSeconds }]
    }),
  )
}

async function findRunningWaits(
  prisma: PrismaClient,
  rows: readonly SubmissionRow[],
): Promise<Map<string, Wait>> {
  const runs = liveRuns(rows, 'RUNNING')
  if (runs.length === 0) return new Map()
  const elapsed = await findElapsed(
    prisma,
    runs.map(({ id }) => id),
  )
  return new Map(
    runs.map((run) => [
      run.submissionId,
      { ...noWait, expectedSeconds: expectedOfRunning(run, elapsed.get(run.id) ?? 0) },
    ]),
  )
}

function liveRuns(rows: readonly SubmissionRow[], status: SubmissionRow['status']) {
  return rows.flatMap((row) => (row.status === status ? row.runs : []))
}
