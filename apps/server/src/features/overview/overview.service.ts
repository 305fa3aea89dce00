import { statfs } from 'node:fs/promises'
import { roundState } from '@taikai/shared/round-state'
import type { Overview } from '@taikai/shared/wire/overview'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { countRunsWithoutEngine } from '../../jobs/engine-pins.repository.ts'
import { findWorkers, livingEngines } from '../../jobs/workers.repository.ts'
import type { Db } from '../../platform/prisma.ts'
import { taikaiVersion } from '../../platform/taikai-version.ts'
import { scorerVersion } from '../../scoring/scorer-version.ts'
import { presentBackup } from '../backup/backup.presenter.ts'
import { listBackups } from '../backup/nightly-backups.ts'
import { presentQueue, presentRound, presentWorkers, workerState } from './overview.presenter.ts'
import {
  countQueue,
  countSubmissionsPerHour,
  findFailures,
  findInstalledAt,
  findRounds,
  findRunning,
  findSpeeds,
  measureDatabase,
} from './overview.repository.ts'
import { findWarnings } from './warnings.ts'

export type OverviewDeps = {
  prisma: PrismaClient
  dataDir: string
  backupFolder: string
  /** When this server began to look. */
  startedAt: Date
}

const server = { taikaiVersion, scorerVersion }
const snapshot = { isolationLevel: 'RepeatableRead', timeout: 20_000, maxWait: 10_000 } as const

/** How rounds, queue, workers and storage stand at `now`, and what of it an instructor has to know. */
export async function readOverview(deps: OverviewDeps, now: Date): Promise<Overview> {
  const [stored, disk, backups] = await Promise.all([
    // One moment of the database: what has left the queue runs, and is not counted twice.
    deps.prisma.$transaction((tx) => readDatabase(tx, now), snapshot),
    measureDisk(deps.dataDir),
    listBackups(deps.backupFolder),
  ])
  const { rounds, queue, failures, workers } = stored
  const concurrency = workers
    .filter((worker) => workerState(worker) === 'live')
    .reduce((sum, worker) => sum + worker.concurrency, 0)
  return {
    serverTime: now.toISOString(),
    warnings: findWarnings({
      ...{ now, serverStartedAt: deps.startedAt, server, workers, failures, disk },
      ...{ installedAt: stored.installedAt, lacks: stored.lacks, waiting: queue.waiting },
      rounds: rounds.map((round) => ({ ...round, state: roundState(round, now) })),
      newestBackupAt: backups[0]?.createdAt ?? null,
    }),
    rounds: rounds.map((round) => presentRound(round, now)),
    submissionsPerHour: stored.submissionsPerHour,
    queue: presentQueue(queue, failures.count, concurrency),
    workers: presentWorkers(workers, stored.running, stored.speeds, server),
    storage: { diskFreeBytes: disk.freeBytes, diskTotalBytes: disk.totalBytes, ...stored.sizes },
    backups: backups.map(presentBackup),
  }
}

async function readDatabase(db: Db, now: Date) {
  const workers = await findWorkers(db)
  return {
    workers,
    lacks: await countRunsWithoutEngine(db, livingEngines(workers)),
    rounds: await findRounds(db, now),
    submissionsPerHour: await countSubmissionsPerHour(db, now),
    queue: await countQueue(db),
    failures: await findFailures(db, now),
    running: await findRunning(db),
    speeds: await findSpeeds(db),
    sizes: await measureDatabase(db),
    installedAt: await findInstalledAt(db),
  }
}

/** What the disk that holds a folder has in all, and what is free for us. */
async function measureDisk(folder: string): Promise<{ freeBytes: number; totalBytes: number }> {
  const { bsize, blocks, bavail } = await statfs(folder)
  return { freeBytes: bsize * bavail, totalBytes: bsize * blocks }
}
