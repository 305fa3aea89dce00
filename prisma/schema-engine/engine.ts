import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { type DiagnoseMigrationHistoryInput, SchemaEngine } from '@prisma/schema-engine-wasm'
import { maintenanceDatabase } from './database-command.ts'
import { logError } from './log.ts'
import { MigrateAdapterFactory } from './migrate-adapter.ts'
import type { Request } from './requests.ts'

export type EngineOptions = { url: URL; datamodels: [path: string, content: string][] }

declare global {
  /** The engine's Rust code calls it as it panics, after which no promise of it settles any more. */
  var PRISMA_WASM_PANIC_REGISTRY: { set_message(message: string): void }
}
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message(message) {
    logError(message)
    process.exit(1)
  },
}

/**
 * Lets the engine do what was asked and returns its answer. `print` gets what the command line shall show: the binary prints a diff
 * that way and so must we. Throws what the engine throws.
 */
export async function answer(
  request: Request,
  { url, datamodels }: EngineOptions,
  print: (content: string) => Promise<void>,
): Promise<object> {
  // An engine and its connections for one request: the command line kills us as soon as it has its last answer.
  await using factory = new MigrateAdapterFactory(needsDatabase(request) ? url : maintenanceDatabase(url))
  const engine = await SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined }, // it panics at an empty list
    () => {}, // its log
    bindMigrationAwareSqlAdapterFactory(factory),
  )
  switch (request.method) {
    case 'applyMigrations':
      return await engine.applyMigrations(request.params)
    case 'createMigration':
      await replayMigrations(engine, request.params)
      return await engine.createMigration(request.params)
    case 'devDiagnostic':
      return await engine.devDiagnostic(request.params)
    case 'diagnoseMigrationHistory':
      return await engine.diagnoseMigrationHistory(request.params)
    case 'evaluateDataLoss':
      await replayMigrations(engine, request.params)
      return await engine.evaluateDataLoss(request.params)
    case 'reset':
      await engine.reset(request.params)
      return {}
    case 'diff': {
      const { stdout, exitCode } = await engine.diff(request.params)
      if (stdout) await print(stdout)
      return { stdout: null, exitCode }
    }
  }
}

/**
 * Has the engine replay the migrations in a shadow database and keep in mind what they add up to. For want of it, `createMigration`
 * and `evaluateDataLoss` fail with "PostgreSQL shadow DB must be provided through an external factory", although there is one.
 */
async function replayMigrations(
  engine: SchemaEngine,
  { migrationsList, filters }: Pick<DiagnoseMigrationHistoryInput, 'migrationsList' | 'filters'>,
): Promise<void> {
  await engine.diagnoseMigrationHistory({ migrationsList, filters, optInToShadowDatabase: true })
}

/**
 * The engine connects as it starts. A diff between files must not fail for want of our database, of which it looks at nothing: the
 * server alone gives it a shadow database.
 */
function needsDatabase(request: Request): boolean {
  if (request.method !== 'diff') return true
  return [request.params.from, request.params.to].some(({ tag }) => tag === 'schemaDatasource')
}
