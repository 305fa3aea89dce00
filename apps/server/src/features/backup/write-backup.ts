import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Client } from 'pg'
import { type Pack, pack } from 'tar-stream'
import type { BlobStore } from '../../platform/blob-store.ts'
import { blobPrefix, type Manifest, manifestName, tablePrefix, tableSuffix } from './backup-manifest.ts'
import { appliedMigrations, copyOut, countRows, tablesInOrder } from './database-copy.ts'

/** Models and outputs hardly shrink; tables do at once. */
const gzipLevel = 1

/** Keys of all blobs that rows name. */
const blobKeysQuery = `
  SELECT "hiddenImagesBlob" AS key FROM "Dataset" UNION SELECT "hiddenLabelsBlob" FROM "Dataset"
  UNION SELECT "trainImagesBlob" FROM "Dataset" WHERE "trainImagesBlob" IS NOT NULL
  UNION SELECT "trainLabelsBlob" FROM "Dataset" WHERE "trainLabelsBlob" IS NOT NULL
  UNION SELECT "blobKey" FROM "SubmissionFile"
  UNION SELECT "outputsBlob" FROM "ScoringRun" WHERE "outputsBlob" IS NOT NULL
  ORDER BY 1`

/**
 * Writes database and blobs to `file`, as they are at one moment, while the service runs: tables are read in one snapshot, and a
 * blob never changes once a row names it. `file` is there only when it is complete. Throws where a blob is missing.
 */
export async function writeBackup(
  { databaseUrl, blobs, now }: { databaseUrl: string; blobs: BlobStore; now: Date },
  file: string,
): Promise<Manifest> {
  // Tables are copied to disk first, because a tar says each entry's size before its content.
  const folder = await mkdtemp(join(dirname(file), '.taikai-backup-'))
  const client = new Client({ connectionString: databaseUrl, application_name: 'taikai-backup' })
  await client.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const tables = await copyTables(client, folder)
    const { rows: keys } = await client.query<{ key: string }>(blobKeysQuery)
    // Waited for at once: a blob that is missing would end the process, failing while nobody listens.
    const sizes = await Promise.all(keys.map(async ({ key }) => ({ key, bytes: await blobs.size(key) })))
    const manifest: Manifest = {
      format: 'taikai-backup-1',
      createdAt: now.toISOString(),
      migrations: await appliedMigrations(client),
      eventVersion: await eventVersion(client),
      tables,
      blobs: sizes,
    }
    await client.query('COMMIT')
    const part = join(folder, 'backup.tar.gz')
    const archive = pack()
    const written = pipeline(archive, createGzip({ level: gzipLevel }), createWriteStream(part))
    await Promise.all([written, addEntries(archive, manifest, folder, blobs)])
    await keep(part, file)
    return manifest
  } finally {
    await client.end()
    await rm(folder, { recursive: true, force: true })
  }
}

async function copyTables(client: Client, folder: string): Promise<Manifest['tables']> {
  const tables: Manifest['tables'] = []
  for (const name of await tablesInOrder(client)) {
    const rows = await countRows(client, name)
    await pipeline(copyOut(client, name), createWriteStream(join(folder, `${name}${tableSuffix}`)))
    tables.push({ name, rows })
  }
  return tables
}

async function eventVersion(client: Client): Promise<string> {
  const { rows } = await client.query<{ version: string }>(
    'SELECT last_value::text AS version FROM taikai_event_version',
  )
  return rows[0]?.version ?? '1'
}

async function addEntries(
  archive: Pack,
  manifest: Manifest,
  folder: string,
  blobs: BlobStore,
): Promise<void> {
  try {
    const head = Buffer.from(JSON.stringify(manifest))
    archive.entry({ name: manifestName }, head)
    for (const { name } of manifest.tables) {
      const path = join(folder, `${name}${tableSuffix}`)
      const { size } = await stat(path)
      await addEntry(archive, `${tablePrefix}${name}${tableSuffix}`, size, createReadStream(path))
    }
    for (const { key, bytes } of manifest.blobs) {
      await addEntry(archive, `${blobPrefix}${key}`, bytes, await blobs.read(key))
    }
    archive.finalize()
  } catch (error) {
    archive.destroy(error instanceof Error ? error : new Error(String(error)))
    throw error
  }
}

async function addEntry(archive: Pack, name: string, size: number, content: Readable): Promise<void> {
  await pipeline(content, archive.entry({ name, size }))
}

/** A backup that a power failure may take back is none: content first, then its name. */
async function keep(part: string, file: string): Promise<void> {
  const handle = await open(part, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(part, file)
}
