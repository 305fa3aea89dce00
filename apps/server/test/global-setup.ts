import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { buildScoringChild } from '../../../scripts/build-scoring-child.ts'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { applyMigrations } from '../src/platform/migrate.ts'
import { createQueueBackend } from '../src/platform/queue.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A PostgreSQL of this test run's own, with the migrated database `template`, which tests clone. */
    postgresUrl: string
    /** Servers of the project `distributed`, for `createTestBackend` to share out; null: queue and blobs are embedded. */
    distributed: { redisUrl: string; s3Endpoint: string } | null
  }
}

/** Starts the test run's own PostgreSQL; vitest calls the function that it returns after the last test. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildScoringChild()
  const folder = mkdtempSync(join(tmpdir(), 'taikai-postgres-'))
  chmodSync(folder, 0o755) // as root, PostgreSQL's account has to get in
  const postgres = await startEmbeddedPostgres(folder)
  const admin = new pg.Client({ connectionString: postgres.url })
  await admin.connect()
  // Nothing here has to survive a power failure.
  for (const guard of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    await admin.query(`ALTER SYSTEM SET ${guard} = off`)
  }
  await admin.query('SELECT pg_reload_conf()')
  await admin.query('CREATE DATABASE template')
  await admin.end()
  const template = new URL(postgres.url)
  template.pathname = '/template'
  await applyMigrations(template.toString())
  await createQueueBackend({ redisUrl: null, databaseUrl: template.toString() }).prepare()
  project.provide('postgresUrl', postgres.url)
  project.provide('distributed', null)
  return async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
