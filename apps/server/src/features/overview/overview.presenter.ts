import { type RoundState, roundState } from '@taikai/shared/round-state'
import type { OverviewQueue, OverviewRound, OverviewWorker } from '@taikai/shared/wire/overview'
import type { KnownWorker } from '../../jobs/workers.repository.ts'
import type { QueueCounts, RoundWithCounts, RunningRun } from './overview.repository.ts'

/** Three signs of life that did not come. */
const silentAfterSeconds = 15
/** Of those that are gone, so many are shown. */
const goneAtMost = 5

export function presentRound(round: RoundWithCounts, now: Date): OverviewRound {
  const state = roundState(round, now)
  return {
    slug: round.slug,
    title: round.title,
    datasetName: round.dataset.name,
    state,
    timeZone: round.timeZone,
    nextDate: nextDate(round, state, now),
    submissions: round._count.submissions,
    submissionsLastHour: round.lastHour,
  }
}

function nextDate(round: RoundWithCounts, state: RoundState, now: Date): OverviewRound['nextDate'] {
  // In a draft dates mean nothing yet, and after the end nothing any more.
  if (state === 'draft' || state === 'closed' || state === 'published') return null
  const dates = [
    { kind: 'opens' as const, at: round.opensAt },
    { kind: 'freezes' as const, at: round.freezesAt },
    { kind: 'closes' as const, at: round.closesAt },
  ]
  const coming = dates.flatMap(({ kind, at }) => (at !== null && at > now ? [{ kind, at }] : []))
  const [next] = coming.sort((a, b) => a.at.getTime() - b.at.getTime())
  return next === undefined ? null : { kind: next.kind, at: next.at.toISOString() }
}

/** `concurrency`: how many runs all workers that answer score at once. */
export function presentQueue(
  { medianRunSeconds, ...counts }: QueueCounts,
  failedLastDay: number,
  concurrency: number,
): OverviewQueue {
  const expectedWaitSeconds =
    medianRunSeconds === null || concurrency === 0 ? null : (medianRunSeconds * counts.waiting) / concurrency
  return { ...counts, failedLastDay, expectedWaitSeconds }
}

export function workerState({ stoppedAt, silentSeconds }: KnownWorker): OverviewWorker['state'] {
  if (stoppedAt !== null) return 'stopped'
  return silentSeconds < silentAfterSeconds ? 'live' : 'silent'
}

/** Workers that answer, then the last of those that do not. */
export function presentWorkers(
  workers: readonly KnownWorker[],
  running: readonly RunningRun[],
  speeds: ReadonlyMap<string, number>,
  server: { taikaiVersion: string; scorerVersion: string },
): OverviewWorker[] {
  const live = workers.filter((worker) => workerState(worker) === 'live')
  const gone = workers.filter((worker) => workerState(worker) !== 'live').slice(0, goneAtMost)
  return [...live, ...gone].map((worker) => ({
    id: worker.id,
    state: workerState(worker),
    host: worker.host,
    pid: worker.pid,
    engines: worker.engines,
    preferredEngine: worker.preferred.layers,
    refusals: worker.refusals,
    gpuName: worker.gpuName,
    taikaiVersion: worker.taikaiVersion,
    scorerVersion: worker.scorerVersion,
    sameVersion:
      worker.taikaiVersion === server.taikaiVersion && worker.scorerVersion === server.scorerVersion,
    concurrency: worker.concurrency,
    sandboxMissing: worker.sandboxMissing,
    startedAt: worker.startedAt.toISOString(),
    heartbeatAt: worker.heartbeatAt.toISOString(),
    stoppedAt: worker.stoppedAt?.toISOString() ?? null,
    imagesPerSecond: speeds.get(worker.id) ?? null,
    running: running.filter(({ workerId }) => workerId === worker.id).map(presentRun),
  }))
}

function presentRun({ live, workerId: _, ...run }: RunningRun) {
  return { ...run, rescore: !live }
}
