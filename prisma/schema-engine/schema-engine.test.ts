import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { applyMigrations } from '../../apps/server/src/platform/migrate.ts'
import { compileCache } from '../../apps/server/test/compile-cache.ts'

// Prisma's own command line on the real PostgreSQL, with this project's prisma.config.ts but a schema and migrations in a scratch folder.

// Each call of the command line takes seconds, and more on a busy machine.
vi.setConfig({ testTimeout: 240_000 })

const projectConfig = fileURLToPath(new URL('../../prisma.config.ts', import.meta.url))
const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js')
/** `migrate dev` wants a person at a terminal. */
const atTerminal = ['--import', 'data:text/javascript,process.stdin.isTTY = true']

const oneTable =
  'CREATE TABLE "Student" ("id" INTEGER NOT NULL, CONSTRAINT "Student_pkey" PRIMARY KEY ("id"));'

let folder: string
let database: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taikai-migrate-'))
  database = `migrate_${randomUUID().replaceAll('-', '')}`
  await writeFile(
    join(folder, 'prisma.config.ts'),
    `import project from ${JSON.stringify(projectConfig)}
export default { ...project, schema: 'schema.prisma', migrations: { path: 'migrations' } }`,
  )
  await writeSchema(['id Int @id'])
})

afterEach(async () => {
  await query('postgres', `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
  expect(await query('postgres', `SELECT datname FROM pg_database WHERE datname LIKE '%shadow%'`)).toEqual([])
  await rm(folder, { recursive: true })
})

describe('prisma migrate deploy', () => {
  it('creates the database and runs every script as it stands, once', async () => {
    await writeMigration(
      '1_table',
      `${oneTable}
       CREATE FUNCTION next_id() RETURNS integer LANGUAGE plpgsql AS $$ DECLARE last integer; BEGIN
         SELECT max("id") INTO last FROM "Student"; RETURN coalesce(last, 0) + 1; END $$;`,
    )
    await writeMigration(
      '2_row',
      `DO $$ BEGIN INSERT INTO "Student" VALUES (next_id()); INSERT INTO "Student" VALUES (next_id()); END $$;
       COMMENT ON TABLE "Student" IS 'one; two';`,
    )
    expect(await migrate('deploy')).toMatchObject({ code: 0 })
    expect(await query(database, 'SELECT "id" FROM "Student" ORDER BY "id"')).toEqual([{ id: 1 }, { id: 2 }])
    expect(await query(database, `SELECT obj_description('"Student"'::regclass) AS text`)).toEqual([
      { text: 'one; two' },
    ])

    const again = await migrate('deploy')
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining('No pending migrations') })
    expect(await query(database, 'SELECT count(*)::int AS n FROM "Student"')).toEqual([{ n: 2 }])
  })

  it('says which migration failed and why, and does not go on', async () => {
    await writeMigration('1_broken', 'SELECT 1 / 0;')
    await writeMigration('2_table', oneTable)
    const failed = await migrate('deploy')
    expect(failed.code).toBe(1)
    expect(failed.output).toContain('1_broken')
    expect(failed.output).toContain('division by zero')
    expect(await query(database, `SELECT to_regclass('"Student"') AS name`)).toEqual([{ name: null }])
  })
})

describe('prisma migrate dev', () => {
  it('writes and applies what the schema has changed, and keeps the rows', async () => {
    expect(await migrate('dev', '--name', 'first')).toMatchObject({ code: 0 })
    await query(database, 'INSERT INTO "Student" VALUES (7)')

    await writeSchema(['id Int @id', 'name String @default("nobody")'])
    expect(await migrate('dev', '--name', 'second')).toMatchObject({ code: 0 })
    const [first, second, ...others] = (await readdir(join(folder, 'migrations'))).sort()
    expect(others).toEqual(['migration_lock.toml'])
    expect(await migrationScript(first)).toContain('CREATE TABLE "Student"')
    expect(await migrationScript(second)).toContain(`ADD COLUMN     "name" TEXT NOT NULL DEFAULT 'nobody'`)
    expect(await query(database, 'SELECT * FROM "Student"')).toEqual([{ id: 7, name: 'nobody' }])
  })

  it('sees what was changed in the database behind the migrations, and touches nothing', async () => {
    expect(await migrate('dev', '--name', 'first')).toMatchObject({ code: 0 })
    await query(database, 'CREATE TABLE "Stranger" ("id" INTEGER PRIMARY KEY)')
    const drifted = await migrate('dev', '--name', 'second')
    expect(drifted.code).not.toBe(0)
    expect(drifted.output).toContain('Drift detected')
    expect(drifted.output).toContain('Stranger')
    expect(await query(database, 'SELECT * FROM "Stranger"')).toEqual([])
  })
})

describe('prisma migrate diff', () => {
  it('compares files without the database', async () => {
    const script = await migrate('diff', '--from-empty', '--to-schema', 'schema.prisma', '--script')
    expect(script).toMatchObject({ code: 0, output: expect.stringContaining('CREATE TABLE "Student"') })

    await writeMigration('1_table', oneTable)
    const sinceMigrations = ['diff', '--from-migrations', 'migrations', '--to-schema', 'schema.prisma']
    expect((await migrate(...sinceMigrations, '--exit-code')).code).toBe(0)
    await writeSchema(['id Int @id', 'name String?'])
    const changed = await migrate(...sinceMigrations, '--exit-code')
    expect(changed).toMatchObject({ code: 2, output: expect.stringContaining('Added column `name`') })
  })

  it('compares the database with the schema, and fails without it', async () => {
    const sinceDatabase = ['diff', '--from-config-datasource', '--to-schema', 'schema.prisma', '--script']
    expect(await migrate(...sinceDatabase)).toMatchObject({
      code: 1,
      output: expect.stringContaining(`Database \`${database}\` does not exist`),
    })
    await query('postgres', `CREATE DATABASE ${database}`)
    await query(database, oneTable)
    await writeSchema(['id Int @id', 'name String?'])
    const { output } = await migrate(...sinceDatabase)
    expect(output).toContain('ALTER TABLE "Student" ADD COLUMN     "name" TEXT')
    expect(output).not.toContain('CREATE TABLE')
  })
})

describe("this project's migrations", () => {
  it('add up to its schema, so that `migrate dev` writes what has changed and no more', async () => {
    const project = dirname(projectConfig)
    const [migrations, schema] = [join(project, 'prisma/migrations'), join(project, 'prisma/schema.prisma')]
    const diff = await migrate('diff', '--from-migrations', migrations, '--to-schema', schema, '--exit-code')
    expect(diff).toMatchObject({ code: 0, output: expect.stringContaining('No difference detected') })
  })
})

describe('prisma migrate status', () => {
  it('tells a missing database, a pending migration and an up-to-date database apart', async () => {
    expect((await migrate('status')).output).toContain('P1003')
    await writeMigration('1_table', oneTable)
    await query('postgres', `CREATE DATABASE ${database}`)
    expect(await migrate('status')).toMatchObject({ code: 1, output: expect.stringContaining('1_table') })
    expect(await migrate('deploy')).toMatchObject({ code: 0 })
    const current = await migrate('status')
    expect(current).toMatchObject({ code: 0, output: expect.stringContaining('up to date') })
  })
})

describe('prisma migrate reset', () => {
  it('empties the database and applies every migration again', async () => {
    await writeMigration('1_table', oneTable)
    await query('postgres', `CREATE DATABASE ${database}`)
    await query(database, `${oneTable} INSERT INTO "Student" VALUES (7)`)
    await query(database, 'CREATE TABLE "Stranger" ("id" INTEGER PRIMARY KEY)')
    expect(await migrate('reset', '--force')).toMatchObject({ code: 0 })
    expect(await query(database, 'SELECT * FROM "Student"')).toEqual([])
    expect(await query(database, `SELECT to_regclass('"Stranger"') AS name`)).toEqual([{ name: null }])
  })
})

describe('applyMigrations', () => {
  it('does without the command line what `prisma migrate deploy` does, in the same table', async () => {
    await query('postgres', `CREATE DATABASE ${database}`)
    const expected = (await readdir(join(dirname(projectConfig), 'prisma/migrations'))).filter((name) =>
      /^\d/.test(name),
    )
    expect(await applyMigrations(databaseUrl(database))).toEqual(expected.sort())
    expect(await applyMigrations(databaseUrl(database))).toEqual([])
  })

  it('throws with the reason where there is no server', async () => {
    await expect(applyMigrations('postgresql://nobody@127.0.0.1:1/none')).rejects.toThrow(
      "Can't reach database server at `127.0.0.1:1`",
    )
  })
})

/** Runs `prisma migrate …` in the scratch folder; `output` is what it wrote to both streams. */
function migrate(...args: string[]): Promise<{ code: number | string | null | undefined; output: string }> {
  const env = {
    ...compileCache,
    DATABASE_URL: databaseUrl(database),
    CHECKPOINT_DISABLE: '1', // no question to the internet for a newer version
    HOME: folder,
    NO_COLOR: '1',
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  }
  return new Promise((resolve) => {
    const command = [...atTerminal, prisma, 'migrate', ...args]
    execFile(process.execPath, command, { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, output: stdout + stderr }),
    )
  })
}

function writeSchema(fields: string[]): Promise<void> {
  const model = ['model Student {', ...fields.map((field) => `  ${field}`), '}']
  const source = ['datasource db {', '  provider = "postgresql"', '}', '', ...model, '']
  return writeFile(join(folder, 'schema.prisma'), source.join('\n'))
}

async function writeMigration(name: string, script: string): Promise<void> {
  await mkdir(join(folder, 'migrations', name), { recursive: true })
  await writeFile(join(folder, 'migrations', name, 'migration.sql'), script)
  await writeFile(join(folder, 'migrations/migration_lock.toml'), 'provider = "postgresql"\n')
}

function migrationScript(name = 'none'): Promise<string> {
  return readFile(join(folder, 'migrations', name, 'migration.sql'), 'utf8')
}

function databaseUrl(name: string): string {
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return url.toString()
}

async function query(name: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: databaseUrl(name) })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
