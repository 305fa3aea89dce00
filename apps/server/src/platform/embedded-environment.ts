import { join, resolve } from 'node:path'
import { ConfigError, defaultDataDir } from '../config.ts'
import { keepSecret, prepareDataFolder } from './data-folder.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { resolveSecrets } from './secret-files.ts'

export type PreparedEnvironment = {
  env: NodeJS.ProcessEnv & { DATABASE_URL: string; DATA_DIR: string }
  /** null: the database is somebody else's, as DATABASE_URL says. */
  postgres: EmbeddedPostgres | null
}

/**
 * The environment with what an installation without settings of its own needs: an embedded database, and a secret for sessions,
 * both kept in the data folder. What is set stays as it is.
 */
export async function prepareEnvironment(given: NodeJS.ProcessEnv): Promise<PreparedEnvironment> {
  const { env, faults } = resolveSecrets(given)
  if (faults.length > 0) throw new ConfigError(faults)
  const dataDir = resolve(env.DATA_DIR || defaultDataDir)
  prepareDataFolder(dataDir)
  const authSecret = env.AUTH_SECRET || keepSecret(dataDir, 'auth-secret')
  const postgres = env.DATABASE_URL ? null : await startEmbeddedPostgres(join(dataDir, 'postgres'))
  const databaseUrl = postgres?.url ?? env.DATABASE_URL ?? ''
  return {
    env: { ...env, DATA_DIR: dataDir, AUTH_SECRET: authSecret, DATABASE_URL: databaseUrl },
    postgres,
  }
}
