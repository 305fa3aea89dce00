import { knownMigrations } from './migrate.ts'
import type { Db } from './prisma.ts'
import { StartupError } from './startup-error.ts'

/** Throws StartupError where the database is not at the very migrations that this version of Taikai knows. */
export async function requireSchema(db: Db): Promise<void> {
  const [table] = await db.$queryRaw<{ there: boolean }[]>`
    SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS "there"`
  const applied =
    table?.there === true
      ? await db.$queryRaw<{ name: string }[]>`
          SELECT "migration_name" AS "name" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL ORDER BY 1`
      : []
  const known = knownMigrations()
  const names = new Set(applied.map(({ name }) => name))
  if (names.size === known.length && known.every((name) => names.has(name))) return
  throw new StartupError(
    'データベースは、このワーカーとは別の版の Taikai のものです。サーバーとワーカーを同じ版にそろえて、サーバーを先に起動してください。',
    'The database belongs to another version of Taikai than this worker. Install one version for server and workers, and start the server first.',
  )
}
