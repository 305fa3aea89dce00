// What `./taikai` runs: the command line in the caller's folder, with a database beneath it where the command needs one.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { runEntry } from '../apps/server/src/platform/startup-failure.ts'
import { buildScoringChild } from './build-scoring-child.ts'

const main = fileURLToPath(new URL('../apps/server/src/cli/main.ts', import.meta.url))
const needDatabase = ['dataset', 'user', 'backup', 'restore']

async function runMain(env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, [main, ...process.argv.slice(2)], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  const [code] = await once(child, 'exit')
  return typeof code === 'number' ? code : 1
}

await runEntry(async () => {
  await buildScoringChild()
  const [command = ''] = process.argv.slice(2)
  const helpOnly = process.argv.some((argument) => argument === '--help' || argument === '-h')
  if (!needDatabase.includes(command) || helpOnly) process.exit(await runMain(process.env))
  // Their code takes half a second to load, which commands on files need not wait for.
  const { prepareEnvironment } = await import('../apps/server/src/platform/embedded-environment.ts')
  const { applyMigrations } = await import('../apps/server/src/platform/migrate.ts')
  const { env, postgres } = await prepareEnvironment(process.env)
  try {
    // A backup brings the tables of its own version, and is migrated after them.
    if (command !== 'restore') await applyMigrations(env.DATABASE_URL)
    process.exitCode = await runMain(env)
  } finally {
    await postgres?.stop()
  }
  process.disconnect?.()
})
