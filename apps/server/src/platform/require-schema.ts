import { knownMigrations } from './migrate.ts'
import type { Db } from './prisma.ts'
import { StartupError } from './startup-error.ts'

/** As they were when this process started: an upgrade may come to its folder while it runs. */
const known = knownMigrations()

/** Throws StartupError where the database is not at the very migrations that this version of Taikai, server or worker, knows. */
export async function requireSchema(db: Db): Promise<void> {
  const [table] = await db.$queryRaw<{ there: boolean }[]>`
    SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS "there"`
  const applied =
    table?.there === true
      ? await db.$queryRaw<{ name: string }[]>`
          SELECT "migration_name" AS "name" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL ORDER BY 1`
      : []
  const names = new Set(applied.map(({ name }) => name))
  if (names.size === known.length && known.every((name) => names.has(name))) return
  throw new StartupError(
    'データベースは、このプログラムとは別の版の Taikai のものです。サーバーとすべてのワーカーを同じ版にそろえ、データベースの移行 (scripts/migrate.ts) を済ませてから起動してください。',
    'The database belongs to another version of Taikai than this program. Install one version for server and all workers, migrate the database (scripts/migrate.ts), then start them.',
  )
}
