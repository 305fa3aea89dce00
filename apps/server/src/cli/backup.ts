import { resolve } from 'node:path'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { BackupError, type Manifest } from '../features/backup/backup-manifest.ts'
import { restoreBackup } from '../features/backup/restore-backup.ts'
import { writeBackup } from '../features/backup/write-backup.ts'
import { BlobMissingError, type BlobStore } from '../platform/blob-store.ts'
import { openBlobStore } from '../platform/open-blob-store.ts'

/** `taikai backup FILE`: everything that the installation holds, while it runs. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('write the database and all files of the installation to FILE (.tar.gz), while it runs')
    .argument('<file>')
    .action(async function (this: Command, file: string) {
      await report(this, (deps) => writeBackup({ ...deps, now: new Date() }, resolve(file)))
    })
}

/** `taikai restore FILE`: into an installation that holds nothing. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('bring a backup back into an empty installation (an empty DATA_DIR or DATABASE_URL)')
    .argument('<file>')
    .action(async function (this: Command, file: string) {
      await report(this, (deps) => restoreBackup(deps, resolve(file)))
    })
}

async function report(
  command: Command,
  work: (deps: { databaseUrl: string; blobs: BlobStore }) => Promise<Manifest>,
): Promise<void> {
  const config = readConfig(process.env)
  try {
    const { createdAt, tables, blobs } = await work({
      databaseUrl: config.databaseUrl,
      blobs: await openBlobStore(config),
    })
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    const bytes = blobs.reduce((sum, blob) => sum + blob.bytes, 0)
    process.stdout.write(`${JSON.stringify({ createdAt, rows, files: blobs.length, bytes })}\n`)
  } catch (error) {
    if (
      error instanceof BackupError ||
      error instanceof BlobMissingError ||
      (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    ) {
      command.error(error.message)
    }
    throw error
  }
}
