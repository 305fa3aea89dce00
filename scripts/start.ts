// What `npm start` runs: database, migrations, pages and scoring program, then server and worker, which it keeps running until it is told to stop.
import { networkInterfaces } from 'node:os'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../apps/server/src/config.ts'
import { prepareEnvironment } from '../apps/server/src/platform/embedded-environment.ts'
import { applyMigrations } from '../apps/server/src/platform/migrate.ts'
import { parentMessageSchema } from '../apps/server/src/platform/parent-message.ts'
import { runEntry } from '../apps/server/src/platform/startup-failure.ts'
import { buildScoringChild } from './build-scoring-child.ts'
import { buildWeb } from './build-web.ts'
import { type SupervisedProcess, superviseProcess } from './supervised-process.ts'

const stopWithinMs = 20_000
const program = (name: string) => fileURLToPath(new URL(`../apps/server/src/${name}.ts`, import.meta.url))
const say = (line: string) => process.stdout.write(`${line}\n`)

/** Resolves with the exit code once something asks this process to stop. */
const stopRequested = Promise.withResolvers<number>()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => stopRequested.resolve(0))
process.once('disconnect', () => stopRequested.resolve(0))
// A terminal that was closed takes no more output; stopping in order matters more.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => stopRequested.resolve(0))

function networkUrls(port: number): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => `http://${address}:${port}`)
}

await runEntry(async () => {
  const { env, postgres } = await prepareEnvironment(process.env)
  const running: SupervisedProcess[] = []
  try {
    const config = readConfig(env)
    await Promise.all([applyMigrations(env.DATABASE_URL), buildWeb(), buildScoringChild()])

    const announce = (port: number, setupToken: string | null) => {
      const url = config.publicUrl ?? `http://localhost:${port}`
      const reachable = config.publicUrl === null && config.host === '0.0.0.0' ? networkUrls(port) : []
      say('')
      say(`  Taikai: ${[url, ...reachable].join('  ')}`)
      if (setupToken !== null) {
        say(`  先生の初期設定 (一度だけ使えます) / instructor set-up, once: ${url}/setup?token=${setupToken}`)
      }
      say('')
    }
    let ready = false
    const superviseEntry = (name: string) =>
      superviseProcess({
        program: program(name),
        env,
        onMessage(message) {
          const report = parentMessageSchema.parse(message)
          if (report.kind !== 'ready') return
          announce(report.port, report.setupToken)
          if (!ready) running.unshift(superviseEntry('worker'))
          ready = true
        },
        onExit({ code, refused, restartInMs }) {
          if (refused) {
            stopRequested.resolve(code || 1) // it has said why
            return false
          }
          process.stderr.write(
            `${name} ended (${code ?? 'killed'}); starting it again in ${restartInMs} ms\n`,
          )
          return true
        },
      })
    running.push(superviseEntry('server'))
    process.exitCode = await stopRequested.promise
  } finally {
    // Worker first: nothing new is taken while the server still answers.
    await Promise.all(running.map((each) => each.stop(stopWithinMs)))
    await postgres?.stop()
  }
  process.exit()
})
