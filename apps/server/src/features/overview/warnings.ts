import type { RoundState } from '@taikai/shared/round-state'
import type { OverviewWarning } from '@taikai/shared/wire/overview'
import type { EngineLack } from '../../jobs/engine-pins.repository.ts'
import { type KnownWorker, missedAfterSeconds } from '../../jobs/workers.repository.ts'
import type { RoundWithCounts } from './overview.repository.ts'

const hour = 3_600_000
const backupWithin = 48 * hour
const diskShare = 0.1
const diskBytes = 2 * 1024 ** 3

export type OverviewFacts = {
  now: Date
  /** When this server began to look. */
  serverStartedAt: Date
  /** When the first account was made. */
  installedAt: Date | null
  server: { taikaiVersion: string; scorerVersion: string }
  workers: readonly Pick<
    KnownWorker,
    'host' | 'silentSeconds' | 'stoppedAt' | 'sandboxMissing' | 'taikaiVersion' | 'scorerVersion'
  >[]
  waiting: number
  lacks: readonly EngineLack[]
  failures: { count: number; newestSubmissionId: string | null }
  rounds: readonly (Pick<RoundWithCounts, 'slug' | 'title' | 'unfinished'> & { state: RoundState })[]
  disk: { freeBytes: number; totalBytes: number }
  newestBackupAt: Date | null
}

/** What an instructor has to know, the most urgent first. */
export function findWarnings(facts: OverviewFacts): OverviewWarning[] {
  return [
    ...workerWarnings(facts),
    ...diskWarnings(facts.disk),
    ...failureWarnings(facts.failures),
    ...facts.rounds.flatMap(({ slug, title, state, unfinished }): OverviewWarning[] =>
      state === 'closed' && unfinished > 0
        ? [{ code: 'ROUND_UNFINISHED', params: { slug, title, unfinished } }]
        : [],
    ),
    ...machineWarnings(facts),
    ...backupWarnings(facts),
  ]
}

function workerWarnings({ now, serverStartedAt, workers, waiting, lacks }: OverviewFacts): OverviewWarning[] {
  const answered = workers.some(({ silentSeconds }) => silentSeconds < missedAfterSeconds)
  if (answered) return lacks.map((lack) => ({ code: 'ENGINE_MISSING', params: lack }))
  // Server and worker start together: a worker gets as long to speak up as one that fell silent.
  if (now.getTime() - serverStartedAt.getTime() < missedAfterSeconds * 1000) return []
  return waiting === 0
    ? [{ code: 'NO_WORKER', params: {} }]
    : [{ code: 'NO_WORKER_RUNS_WAITING', params: { waiting } }]
}

function diskWarnings({ freeBytes, totalBytes }: OverviewFacts['disk']): OverviewWarning[] {
  if (freeBytes >= diskBytes && freeBytes >= diskShare * totalBytes) return []
  return [{ code: 'DISK_LOW', params: { freeBytes, totalBytes } }]
}

function failureWarnings({ count, newestSubmissionId }: OverviewFacts['failures']): OverviewWarning[] {
  if (newestSubmissionId === null) return []
  return [{ code: 'RUNS_FAILED', params: { count, newestSubmissionId } }]
}

/** Of machines whose worker is there. Several workers of one machine say the same once. */
function machineWarnings({ workers, server }: OverviewFacts): OverviewWarning[] {
  const present = workers.filter(
    ({ stoppedAt, silentSeconds }) => stoppedAt === null && silentSeconds < missedAfterSeconds,
  )
  const warnings = new Map<string, OverviewWarning>()
  const add = (warning: OverviewWarning) => warnings.set(JSON.stringify(warning), warning)
  for (const { host, sandboxMissing } of present) {
    if (sandboxMissing.length === 0) continue
    add({ code: 'SANDBOX_INCOMPLETE', params: { host, missing: sandboxMissing.join(', ') } })
  }
  for (const { host, taikaiVersion, scorerVersion } of present) {
    if (taikaiVersion === server.taikaiVersion && scorerVersion === server.scorerVersion) continue
    const versions = {
      ...{ workerVersion: taikaiVersion, workerScorer: scorerVersion },
      ...{ serverVersion: server.taikaiVersion, serverScorer: server.scorerVersion },
    }
    add({ code: 'WORKER_VERSION', params: { host, ...versions } })
  }
  return [...warnings.values()]
}

function backupWarnings({ now, newestBackupAt, installedAt }: OverviewFacts): OverviewWarning[] {
  const isOld = (at: Date) => now.getTime() - at.getTime() > backupWithin
  if (newestBackupAt !== null) {
    return isOld(newestBackupAt)
      ? [{ code: 'BACKUP_OLD', params: { newestAt: newestBackupAt.toISOString() } }]
      : []
  }
  // What was set up yesterday has had one night.
  return installedAt !== null && isOld(installedAt) ? [{ code: 'BACKUP_NONE', params: {} }] : []
}
