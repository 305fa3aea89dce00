import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Client } from 'pg'
import { extract } from 'tar-stream'
import type { BlobStore } from '../../platform/blob-store.ts'
import { applyMigrations, knownMigrations } from '../../platform/migrate.ts'
import {
  BackupError,
  blobPrefix,
  type Manifest,
  manifestName,
  manifestSchema,
  tablePrefix,
  tableSuffix,
} from './backup-manifest.ts'
import { appliedMigrations, copyIn, countRows, tablesInOrder } from './database-copy.ts'

export type RestoreDeps = { databaseUrl: string; blobs: BlobStore }

/**
 * Brings a backup back into an installation that holds nothing. Older backups are migrated afterwards. All rows come in one
 * transaction, after which every blob is there too: what fails leaves the database as it was. Throws BackupError.
 */
export async function restoreBackup({ databaseUrl, blobs }: RestoreDeps, file: string): Promise<Manifest> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'taikai-restore' })
  await client.connect()
  try {
    const archive = extract()
    const unpacked = pipeline(createReadStream(file), createGunzip(), archive)
    // Whatever ends the reading early, or a damaged file, ends the other as well; the reader below tells why.
    unpacked.catch((error: Error) => archive.destroy(error))
    let manifest: Manifest | null = null
    const done = new Set<string>()
    for await (const entry of archive) {
      const { name } = entry.header
      const content = Readable.from(entry)
      if (manifest === null) {
        manifest = await readManifest(name, content)
        await prepareDatabase(client, databaseUrl, manifest)
        await client.query('BEGIN')
      } else {
        await bringBack(client, blobs, name, content)
        done.add(name)
      }
    }
    if (manifest === null) throw new BackupError('It is not a backup of Taikai.')
    await requireComplete(client, manifest, done)
    await client.query('SELECT setval($1, $2::bigint)', ['taikai_event_version', manifest.eventVersion])
    await client.query('COMMIT')
    await applyMigrations(databaseUrl)
    return manifest
  } finally {
    await client.end()
  }
}

async function readManifest(name: string, content: Readable): Promise<Manifest> {
  if (name !== manifestName) throw new BackupError('It is not a backup of Taikai.')
  const manifest = manifestSchema.safeParse(await json(content))
  if (!manifest.success) throw new BackupError('It was made by another version of Taikai, or is damaged.')
  return manifest.data
}

/** Gives the database the tables that the backup was made of, or sees that it has them, empty. */
async function prepareDatabase(client: Client, databaseUrl: string, { migrations }: Manifest): Promise<void> {
  const known = new Set(knownMigrations())
  const unknown = migrations.filter((name) => !known.has(name))
  if (unknown.length > 0) {
    throw new BackupError(
      `It was made by a newer version of Taikai (${unknown.join(', ')}). Update this one first.`,
    )
  }
  const present = await appliedMigrations(client)
  if (present.length === 0) {
    await applyMigrations(databaseUrl, migrations)
    return
  }
  if (present.join() !== migrations.join()) {
    throw new BackupError(
      'The database here has other tables than the backup. Restore into a new, empty database.',
    )
  }
  for (const table of await tablesInOrder(client)) {
    if ((await countRows(client, table)) > 0) {
      throw new BackupError('This installation is not empty. Restore into an empty DATA_DIR or database.')
    }
  }
}

async function bringBack(client: Client, blobs: BlobStore, name: string, content: Readable): Promise<void> {
  if (name.startsWith(blobPrefix)) await blobs.put(name.slice(blobPrefix.length), content)
  else if (name.startsWith(tablePrefix) && name.endsWith(tableSuffix))
    await copyIn(client, name.slice(tablePrefix.length, -tableSuffix.length), content)
  else throw new BackupError(`It holds ${name}, which no backup does.`)
}

async function requireComplete(client: Client, manifest: Manifest, done: ReadonlySet<string>): Promise<void> {
  const expected = [
    ...manifest.tables.map(({ name }) => `${tablePrefix}${name}${tableSuffix}`),
    ...manifest.blobs.map(({ key }) => `${blobPrefix}${key}`),
  ]
  const missing = expected.filter((name) => !done.has(name))
  if (missing.length > 0) throw new BackupError(`It is incomplete: ${missing[0]} and more are missing.`)
  for (const { name, rows } of manifest.tables) {
    const found = await countRows(client, name)
    if (found !== rows) throw new BackupError(`It is damaged: ${name} has ${found} rows instead of ${rows}.`)
  }
}
