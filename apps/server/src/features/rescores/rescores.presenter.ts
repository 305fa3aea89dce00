import { rankingMetrics } from '@taikai/shared/ranking-metric'
import type { Rescore, RescoreDetail, ScoringRun } from '@taikai/shared/wire/rescore'
import { z } from 'zod'
import { engineNoteSchema, parseReason } from '../submissions/run-outcome.ts'
import { type RankedScores, rankDifferences } from './rank-difference.ts'
import type { RescoredSubmission, RescoreRow, RunRow } from './rescores.repository.ts'
import { changedImages, runDifferences, scoreOf } from './run-differences.ts'

const iso = (date: Date | null) => date?.toISOString() ?? null

export function presentRescore(row: RescoreRow): Rescore {
  const finished = row.runs.filter(({ status }) => status !== 'QUEUED' && status !== 'RUNNING').length
  return {
    id: row.id,
    roundSlug: row.round.slug,
    state: stateOf(row, finished),
    submissionId: row.submissionId,
    selection: row.selection,
    dataset: row.dataset,
    engine: row.engine,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy?.name ?? null,
    endedAt: iso(row.madeLiveAt ?? row.abandonedAt),
    runs: {
      total: row.runs.length,
      finished,
      failed: row.runs.filter(({ status }) => status === 'FAILED').length,
    },
  }
}

function stateOf(row: RescoreRow, finished: number): Rescore['state'] {
  if (row.madeLiveAt !== null) return 'live'
  if (row.abandonedAt !== null) return 'abandoned'
  return finished === row.runs.length ? 'ready' : 'running'
}

/** What a rescore changes: run by run, and in the public ranking. */
export function presentRescoreDetail(
  row: RescoreRow,
  submissions: readonly RescoredSubmission[],
): RescoreDetail {
  const metric = z.enum(rankingMetrics).parse(row.round.metric)
  const pairs = submissions.flatMap((submission) => {
    const pair = runsOf(submission, row)
    return pair === null ? [] : [{ submission, ...pair }]
  })
  return {
    ...presentRescore(row),
    metric,
    submissions: pairs.flatMap(({ submission, before, after }) =>
      after === null
        ? []
        : [
            {
              submissionId: submission.id,
              label: submission.label,
              entryName: submission.entry.name,
              before: presentRun(before),
              after: presentRun(after),
              differences: runDifferences(before, after),
              images: changedImages(before, after),
            },
          ],
    ),
    ranking: rankDifferences(
      metric,
      pairs.filter(({ submission }) => isRanked(submission)).map(toRankedScores),
    ),
  }
}

/** The rescore's run of a submission, if it has one, and the run that was live without it. */
function runsOf({ runs }: RescoredSubmission, { id, madeLiveAt }: RescoreRow) {
  const after = runs.find((run) => run.rescoreId === id) ?? null
  const replaced =
    madeLiveAt === null ? undefined : runs.find((run) => run.replacedAt?.getTime() === madeLiveAt.getTime())
  const before = replaced ?? runs.find((run) => run.live)
  return before === undefined ? null : { before, after }
}

function isRanked({ disqualifiedAt, entry }: RescoredSubmission): boolean {
  return disqualifiedAt === null && entry.kind === 'TEAM' && entry.disqualifiedAt === null
}

/** A submission that the rescore leaves alone, or has not come to yet, keeps its score. */
function toRankedScores(pair: {
  submission: RescoredSubmission
  before: RunRow
  after: RunRow | null
}): RankedScores {
  const { submission, before, after } = pair
  const renewed = after?.finishedAt ? after : before
  return {
    team: submission.entry,
    before: scoreOf(before, 'PUBLIC'),
    after: scoreOf(renewed, 'PUBLIC'),
  }
}

/** A run with its counts of both splits: for instructors. */
export function presentRun(run: RunRow): ScoringRun {
  return {
    id: run.id,
    status: run.status,
    live: run.live,
    rescoreId: run.rescoreId,
    dataset: run.dataset,
    engine: run.engine,
    engineVersion: run.engineVersion,
    scorerVersion: run.scorerVersion,
    splitId: run.splitId,
    imagesDone: run.imagesDone,
    imagesTotal: run.imagesTotal,
    attempt: run.attempt,
    worker: run.claimedBy,
    imagesPerSecond: run.imagesPerSecond,
    queuedAt: run.createdAt.toISOString(),
    startedAt: iso(run.startedAt),
    finishedAt: iso(run.finishedAt),
    reason: run.reasonCode === null ? null : parseReason(run.reasonCode, run.reasonParams),
    engineNote: engineNoteSchema.parse(run.engineNote),
    madeLiveAt: iso(run.madeLiveAt),
    replacedAt: iso(run.replacedAt),
    public: scoreOf(run, 'PUBLIC'),
    private: scoreOf(run, 'PRIVATE'),
  }
}
