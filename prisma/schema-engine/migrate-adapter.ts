import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { withDatabase } from './database-command.ts'

const { CHAR: charOid, TEXT: textOid } = pg.types.builtins

/**
 * Gives the schema engine its connections through `@prisma/adapter-pg`, which is made for the queries of Prisma Client. Four of its
 * habits break Migrate and are mended here, each where it says so. Disposing of the factory closes what the engine left open.
 */
export class MigrateAdapterFactory implements SqlMigrationAwareDriverAdapterFactory, AsyncDisposable {
  readonly provider = 'postgres'
  readonly adapterName = '@prisma/adapter-pg'
  readonly #url: URL
  /** Undone last in, first out. */
  readonly #opened = new AsyncDisposableStack()

  constructor(url: URL) {
    this.#url = url
  }

  connect(): Promise<SqlDriverAdapter> {
    return this.#open(this.#url)
  }

  /**
   * Creates an empty database and connects to it: the engine replays the migrations there to see what they add up to.
   *
   * Habit: the adapter passes `database` beside `connectionString`, of which node-postgres believes the latter, so that the migrations
   * would be replayed in the main database. Here the name is part of the URL.
   *
   * Habit: the adapter drops the database before it closes its connection to it, which PostgreSQL refuses. Here the connection,
   * opened last, is closed first.
   */
  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`
    const main = await this.#open(this.#url)
    await main.executeScript(`CREATE DATABASE "${name}"`)
    this.#opened.defer(() => main.executeScript(`DROP DATABASE "${name}"`))
    return this.#open(withDatabase(this.#url, name))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#opened.disposeAsync()
  }

  async #open(url: URL): Promise<SqlDriverAdapter> {
    // One connection that stays: the engine's advisory lock, which keeps two deploys apart, lives in its session.
    const pool = new pg.Pool({ connectionString: url.toString(), max: 1, idleTimeoutMillis: 0 })
    this.#opened.defer(() => pool.end())
    const charColumns = watchCharColumns(pool)
    const adapter = await new PrismaPg(pool).connect()
    // Habit: the adapter refuses columns of the internal type "char", of which pg_catalog is full, and the engine reads that.
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query)
      const isChar = charColumns()
      const columnTypes = result.columnTypes.map((type, column) =>
        isChar.has(column) ? ColumnTypeEnum.Character : type,
      )
      return { ...result, columnTypes }
    }
    // Habit: the adapter's own executeScript splits at every semicolon, also inside a function, a DO block or a string. PostgreSQL
    // takes a script whole when it comes without parameters (simple query protocol).
    adapter.executeScript = async (script) => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] })
    }
    return adapter
  }
}

/**
 * Announces "char" columns as text, of the same form, to whoever reads rows from `pool`. Returns which columns of the last rows were
 * "char"; with one connection, and so one query at a time, those are the rows that a query has just returned.
 */
function watchCharColumns(pool: pg.Pool): () => Set<number> {
  const columns = new Set<number>()
  pool.on('connect', ({ connection }) => {
    connection.prependListener('rowDescription', ({ fields }: { fields: { dataTypeID: number }[] }) => {
      columns.clear()
      for (const [column, field] of fields.entries()) {
        if (field.dataTypeID !== charOid) continue
        columns.add(column)
        field.dataTypeID = textOid
      }
    })
  })
  return () => columns
}
