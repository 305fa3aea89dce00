import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Cron } from 'croner'
import { Client } from 'pg'
import type { Logger } from 'pino'
import type { BlobStore } from '../../platform/blob-store.ts'
import { writeBackup } from './write-backup.ts'

/** When nobody submits; a backup reads all files once. */
const schedule = '30 3 * * *'
const keptBackups = 7
const namePattern = /^taikai-[0-9TZ-]+\.tar\.gz$/
// Any number; it names this lock among PostgreSQL's advisory locks.
const backupLock = 7_241_002

export type BackupDeps = {
  databaseUrl: string
  blobs: BlobStore
  folder: string
  now: () => Date
  logger: Logger
}
export type StoredBackup = { name: string; bytes: number; createdAt: Date }

/** The folder in which a server keeps its backups. */
export function backupFolder(dataDir: string): string {
  return join(dataDir, 'backups')
}

/** Backups that are there, the newest first. */
export async function listBackups(folder: string): Promise<StoredBackup[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const names = (await readdir(folder)).filter((name) => namePattern.test(name))
  const backups = names.map(async (name) => {
    const { size, mtime } = await stat(join(folder, name))
    return { name, bytes: size, createdAt: mtime }
  })
  return (await Promise.all(backups)).sort((a, b) => (a.name < b.name ? 1 : -1))
}

/**
 * Makes a backup in the folder and removes the oldest beyond the newest seven. Null where another server is at it: one is enough.
 */
export async function makeBackup(deps: BackupDeps): Promise<StoredBackup | null> {
  const { databaseUrl, folder, now, logger } = deps
  const lock = new Client({ connectionString: databaseUrl, application_name: 'taikai-backup-lock' })
  await lock.connect()
  try {
    const { rows } = await lock.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [
      backupLock,
    ])
    if (rows[0]?.mine !== true) return null
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const name = `taikai-${now().toISOString().replaceAll(':', '').replace(/\.\d+/, '')}.tar.gz`
    await writeBackup({ ...deps, now: now() }, join(folder, name))
    const [newest, ...older] = await listBackups(folder)
    for (const old of older.slice(keptBackups - 1)) await rm(join(folder, old.name))
    logger.info({ name, bytes: newest?.bytes }, 'backup made')
    return newest ?? null
  } finally {
    await lock.end() // gives the lock back
  }
}

/** Makes a backup every night at 3:30 of the machine's clock. Call `stop` of what it returns. */
export function scheduleBackups(deps: BackupDeps): { stop(): void } {
  return new Cron(schedule, { protect: true, unref: true }, async () => {
    try {
      await makeBackup(deps)
    } catch (error) {
      // The overview tells the instructor that the newest backup is old.
      deps.logger.error({ err: error }, 'the nightly backup failed; it is tried again tomorrow')
    }
  })
}
