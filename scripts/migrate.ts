// Brings the database at DATABASE_URL up to date: the first thing that `docker compose up` runs.

import { readConfig } from '../apps/server/src/config.ts'
import { applyMigrations } from '../apps/server/src/platform/migrate.ts'
import { runEntry } from '../apps/server/src/platform/startup-failure.ts'

await runEntry(async () => {
  const applied = await applyMigrations(readConfig(process.env).databaseUrl)
  process.stdout.write(`migrations applied: ${applied.join(', ') || 'none were missing'}\n`)
})
