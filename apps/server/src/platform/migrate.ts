import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const engine = join(root, 'prisma/schema-engine/main.ts')
const migrations = join(root, 'prisma/migrations')

const answerSchema = z.union([
  z.object({ result: z.object({ appliedMigrationNames: z.array(z.string()) }) }),
  z.object({ error: z.object({ data: z.object({ message: z.string() }) }) }),
])

/**
 * What `prisma migrate deploy` does, by the same engine and in the same table, without the seconds that its command line takes to
 * start. With `only`, no others than these. Returns the names of the migrations that it applied; throws with the engine's words
 * where one fails.
 */
export async function applyMigrations(databaseUrl: string, only = knownMigrations()): Promise<string[]> {
  // The engine is WebAssembly, of which Node warns that it is experimental.
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      engine,
      ...['--datasource', JSON.stringify({ url: databaseUrl })],
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const request = { jsonrpc: '2.0', id: 1, method: 'applyMigrations', params: migrationParameters(only) }
  child.stdin.end(`${JSON.stringify(request)}\n`)
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')])
  if (output === '') throw new Error('the schema engine ended without an answer')
  const answer = answerSchema.parse(JSON.parse(output))
  if ('error' in answer) throw new Error(`migrations could not be applied: ${answer.error.data.message}`)
  return answer.result.appliedMigrationNames
}

/** Names of the migrations that this version has, oldest first. */
export function knownMigrations(): string[] {
  const folders = readdirSync(migrations, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return folders.map(({ name }) => name).sort()
}

function migrationParameters(names: readonly string[]) {
  const script = (path: string) => readFileSync(join(migrations, path, 'migration.sql'), 'utf8')
  const lockFile = join(migrations, 'migration_lock.toml')
  return {
    migrationsList: {
      baseDir: migrations,
      shadowDbInitScript: '',
      lockfile: {
        path: 'migration_lock.toml',
        content: existsSync(lockFile) ? readFileSync(lockFile, 'utf8') : null,
      },
      migrationDirectories: names.map((path) => ({
        path,
        migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: script(path) } },
      })),
    },
    filters: { externalTables: [], externalEnums: [] },
  }
}
