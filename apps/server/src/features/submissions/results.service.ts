import { TaikaiError } from '@taikai/shared/errors'
import { preprocessingSchema } from '@taikai/shared/preprocessing'
import type { Comparison } from '@taikai/shared/wire/comparison'
import type { Receipt } from '@taikai/shared/wire/receipt'
import type { Db } from '../../platform/prisma.ts'
import { discordantCounts, readCorrectness } from '../leaderboard/statistics/correctness.ts'
import { mcNemarP } from '../leaderboard/statistics/mcnemar.ts'
import { findResult, type ResultRow } from './results.repository.ts'
import { canSeeSubmission } from './submissions.policy.ts'

type Person = { id: string; role: 'STUDENT' | 'INSTRUCTOR' }

/** What the live score was made of. Throws NOT_FOUND, also for whom it is not, and SUBMISSION_NOT_SCORED. */
export async function getReceipt(db: Db, { id, viewer }: { id: string; viewer: Person }): Promise<Receipt> {
  const row = await visibleResult(db, id, viewer)
  const { run, score } = resultOf(row) ?? refuseUnscored()
  const { engine, engineVersion, scorerVersion, splitId, finishedAt } = run
  if (
    engine === null ||
    engineVersion === null ||
    scorerVersion === null ||
    splitId === null ||
    !finishedAt
  ) {
    throw new Error(`run ${run.id} was scored without saying by what`)
  }
  return {
    submissionId: id,
    modelSha256: row.modelSha256,
    dataset: run.dataset,
    splitId,
    engine: { name: engine, version: engineVersion },
    scorerVersion,
    preprocessing: preprocessingSchema.parse(row.preprocessing),
    counts: score,
    scoredAt: finishedAt.toISOString(),
    rescoredAt: run.madeLiveAt?.toISOString() ?? null,
  }
}

/**
 * Two submissions of one entry, image by image on the public split. Throws NOT_FOUND, also for whom they are not, and
 * SUBMISSIONS_NOT_COMPARABLE where they belong to two entries, are not both scored, or were scored on different images.
 */
export async function compareSubmissions(
  db: Db,
  { id, otherId, viewer }: { id: string; otherId: string; viewer: Person },
): Promise<Comparison> {
  const [first, second] = [await visibleResult(db, id, viewer), await visibleResult(db, otherId, viewer)]
  const [one, other] = [resultOf(first), resultOf(second)]
  if (
    first.entryId !== second.entryId ||
    one === null ||
    other === null ||
    one.run.splitId !== other.run.splitId ||
    one.run.datasetId !== other.run.datasetId
  ) {
    throw new TaikaiError('SUBMISSIONS_NOT_COMPARABLE')
  }
  const { onlyFirst, onlySecond } = discordantCounts(
    readCorrectness(one.score.correctBits),
    readCorrectness(other.score.correctBits),
  )
  const both = one.score.correct - onlyFirst
  return {
    roundSlug: first.round.slug,
    first: presentCompared(first),
    second: presentCompared(second),
    both,
    onlyFirst,
    onlySecond,
    neither: one.score.total - both - onlyFirst - onlySecond,
    p: mcNemarP(onlyFirst, onlySecond),
    classes: one.score.perClassTotal.map((total, index) => ({
      first: one.score.perClassCorrect[index] ?? 0,
      second: other.score.perClassCorrect[index] ?? 0,
      total,
    })),
  }
}

async function visibleResult(db: Db, id: string, viewer: Person): Promise<ResultRow> {
  const row = await findResult(db, id)
  if (row === null || !canSeeSubmission(viewer, row)) throw new TaikaiError('NOT_FOUND')
  return row
}

function resultOf({ runs: [run] }: ResultRow) {
  const score = run?.scores[0]
  return run === undefined || score === undefined ? null : { run, score }
}

function refuseUnscored(): never {
  throw new TaikaiError('SUBMISSION_NOT_SCORED')
}

function presentCompared({ id, label, receivedAt }: ResultRow): Comparison['first'] {
  return { id, label, receivedAt: receivedAt.toISOString() }
}
