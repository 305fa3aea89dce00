import { statfs } from 'node:fs/promises'
import { roundState } from '@taikai/shared/round-state'
import type { Overview } from '@taikai/shared/wire/overview'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { countRunsWithoutEngine } from '../../jobs/engine-pins.repository.ts'
import { findWorkers, livingEngines } from '../../jobs/workers.repository.ts'
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

/** How rounds, queue, workers and storage stand at `now`, and what of it an instructor has to know. */
export async function readOverview(deps: OverviewDeps, now: Date): Promise<Overview> {
  const { prisma } = deps
  const workers = await findWorkers(prisma)
  const [
    rounds,
    submissionsPerHour,
    queue,
    failures,
    running,
    speeds,
    sizes,
    installedAt,
    lacks,
    disk,
    backups,
  ] = await Promise.all([
    findRounds(prisma, now),
    countSubmissionsPerHour(prisma, now),
    countQueue(prisma),
    findFailures(prisma, now),
    findRunning(prisma),
    findSpeeds(prisma),
    measureDatabase(prisma),
    findInstalledAt(prisma),
    countRunsWithoutEngine(prisma, livingEngines(workers)),
    measureDisk(deps.dataDir),
    listBackups(deps.backupFolder),
  ])
  const concurrency = workers
    .filter((worker) => workerState(worker) === 'live')
    .reduce((sum, worker) => sum + worker.concurrency, 0)
  return {
    serverTime: now.toISOString(),
    warnings: findWarnings({
      ...{ now, serverStartedAt: deps.startedAt, installedAt, server, workers, lacks, failures, disk },
      waiting: queue.waiting,
      rounds: rounds.map((round) => ({ ...round, state: roundState(round, now) })),
      newestBackupAt: backups[0]?.createdAt ?? null,
    }),
    rounds: rounds.map((round) => presentRound(round, now)),
    submissionsPerHour,
    queue: presentQueue(queue, failures.count, concurrency),
    workers: presentWorkers(workers, running, speeds, server),
    storage: { diskFreeBytes: disk.freeBytes, diskTotalBytes: disk.totalBytes, ...sizes },
    backups: backups.map(presentBackup),
  }
}

/** What the disk that holds a folder has in all, and what is free for us. */
async function measureDisk(folder: string): Promise<{ freeBytes: number; totalBytes: number }> {
  const { bsize, blocks, bavail } = await statfs(folder)
  return { freeBytes: bsize * bavail, totalBytes: bsize * blocks }
}
