// What a container's health check runs: `node scripts/healthy.ts server|worker`. Ends with 0 where that process of this container works.
import { hostname } from 'node:os'
import { readConfig } from '../apps/server/src/config.ts'
import { createPrisma } from '../apps/server/src/platform/prisma.ts'
import { runEntry } from '../apps/server/src/platform/startup-failure.ts'

/** Signs of life come every five seconds. */
const silentAfterMs = 30_000

async function serverIsReady(port: number): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5_000) })
  return response.ok
}

async function workerIsAlive(databaseUrl: string): Promise<boolean> {
  const prisma = createPrisma(databaseUrl)
  const heartbeatAt = { gt: new Date(Date.now() - silentAfterMs) }
  // A container's host name is its own.
  return (await prisma.worker.count({ where: { host: hostname(), stoppedAt: null, heartbeatAt } })) > 0
}

await runEntry(async () => {
  const config = readConfig(process.env)
  const [, , role] = process.argv
  const isWell =
    role === 'worker' ? await workerIsAlive(config.databaseUrl) : await serverIsReady(config.port)
  process.exit(isWell ? 0 : 1)
})
