import pg from 'pg'
import { logError } from './log.ts'

/** SQLSTATE invalid_catalog_name: the server is there, the database is not. */
const noSuchDatabase = '3D000'

const commands = { 'can-connect-to-database': canConnect, 'create-database': createDatabase }

/**
 * What Prisma's command line asks of the binary's `cli` before `migrate dev`, `deploy`, `reset` and `status`: whether the database is
 * there, and that it be created. Returns the exit code; on 1, standard error says why.
 */
export async function runDatabaseCommand(name: string | undefined, url: URL): Promise<0 | 1> {
  try {
    const command = Object.entries(commands).find(([known]) => known === name)?.[1]
    if (command === undefined) throw new Error(`the schema engine has no command ${name}`)
    await command(url)
    return 0
  } catch (error) {
    // Prisma's command line throws the first line away, the one with which the binary says that it has started.
    process.stderr.write('{}\n')
    logError(...explain(error, url))
    return 1
  }
}

async function canConnect(url: URL): Promise<void> {
  await query(url, 'SELECT 1')
}

async function createDatabase(url: URL): Promise<void> {
  await query(maintenanceDatabase(url), `CREATE DATABASE ${pg.escapeIdentifier(databaseName(url))}`)
}

/** The database that every PostgreSQL server has, to connect to where one's own is missing or not needed. */
export function maintenanceDatabase(url: URL): URL {
  return withDatabase(url, 'postgres')
}

/** The same server, account and options, but the database `name`. */
export function withDatabase(url: URL, name: string): URL {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(name)}`
  return other
}

function databaseName(url: URL): string {
  return decodeURIComponent(url.pathname.slice(1))
}

async function query(url: URL, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** The message, and Prisma's code where its command line acts on it: P1003 makes it create the database. */
function explain(error: unknown, url: URL): [message: string, errorCode?: string] {
  if (error instanceof pg.DatabaseError) {
    return error.code === noSuchDatabase
      ? [`Database \`${databaseName(url)}\` does not exist`, 'P1003']
      : [error.message]
  }
  // Nothing that a PostgreSQL server said: there is none, or no way to it. Several addresses that all fail leave only a code.
  const reason = error instanceof AggregateError ? error.errors.map(String).join(', ') : String(error)
  return [`Can't reach database server at \`${url.host}\`: ${reason}`, 'P1001']
}
