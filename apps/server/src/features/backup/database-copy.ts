import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from, to } from 'pg-copy-streams'

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
const csv = `(FORMAT csv, HEADER match)`

/** Tables of the application in an order in which every foreign key points back; without Prisma's own list of migrations. */
export async function tablesInOrder(client: ClientBase): Promise<string[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`,
  )
  const { rows: keys } = await client.query<{ child: string; parent: string }>(
    `SELECT c.relname AS child, p.relname AS parent FROM pg_constraint k
     JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
     WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND c.oid <> p.oid`,
  )
  const ordered: string[] = []
  const waiting = new Set(tables.map(({ name }) => name))
  while (waiting.size > 0) {
    const ready = [...waiting].filter(
      (name) => !keys.some(({ child, parent }) => child === name && waiting.has(parent)),
    )
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${[...waiting]}`)
    for (const name of ready) waiting.delete(name)
    ordered.push(...ready)
  }
  return ordered
}

/** Names of the migrations that were applied, oldest first; none where the database was never migrated. */
export async function appliedMigrations(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS there`,
  )
  if (rows[0]?.there !== true) return []
  const { rows: applied } = await client.query<{ name: string }>(
    `SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1`,
  )
  return applied.map(({ name }) => name)
}

export async function countRows(client: ClientBase, table: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${quoted(table)}`,
  )
  return rows[0]?.count ?? 0
}

/** The rows of a table as CSV with a header. */
export function copyOut(client: ClientBase, table: string): Readable {
  return client.query(to(`COPY ${quoted(table)} TO STDOUT (FORMAT csv, HEADER)`))
}

/** Fills a table from what copyOut gave; throws where the columns are not the same in the same order. */
export async function copyIn(client: ClientBase, table: string, rows: Readable): Promise<void> {
  await pipeline(rows, client.query(from(`COPY ${quoted(table)} FROM STDIN ${csv}`)))
}
