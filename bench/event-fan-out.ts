// node bench/event-fan-out.ts [pages]
// One server and 2,000 open pages, each with a keep-alive socket of its own for its event stream: from the commit of a change until the
// last page has heard of it, then until all pages have the new ranking, and what a page costs the server in memory. The pages live in
// a process of their own; both share this machine. Writes bench/results/event-fan-out.json.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { notify } from '../apps/server/src/platform/events.ts'
import type { PagesAnswer, PagesRequest } from './event-pages.ts'
import { quantile, signedIn, withFilledService } from './filled-service.ts'
import { writeResults } from './results-file.ts'

const pages = Number(process.argv[2] ?? 2_000)
const changes = 9
const slug = 'round-1'
const size = { rounds: 1, entries: 400, submissions: 5_000 }
const topic = `leaderboard/${slug}`
const announcedAimMs = 2_000

const rows = await withFilledService(size, async (service) => {
  const { app, prisma } = service
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const student = await signedIn(service, 'STUDENT')
  const child = fork(fileURLToPath(new URL('event-pages.ts', import.meta.url)))
  const ask = async (request: PagesRequest): Promise<PagesAnswer> => {
    child.send(request)
    const [answer] = await once(child, 'message')
    return answer
  }
  const memory = () => {
    globalThis.gc?.()
    return process.memoryUsage().rss
  }
  const memoryBefore = memory()
  const openedAt = performance.now()
  await ask({ kind: 'open', address, pages, cookie: student.cookie })
  const openMs = performance.now() - openedAt
  const bytesPerPage = (memory() - memoryBefore) / pages

  const rounds: { firstMs: number; medianMs: number; lastMs: number; rankingMs: number; cpuMs: number }[] = []
  for (let change = -1; change < changes; change++) {
    const heard = ask({ kind: 'hear', topic, fetch: `/api/rounds/${slug}/leaderboard` })
    await delay(200) // the pages are listening, and the last turn's work is over
    const before = process.threadCpuUsage()
    const committedAt = Date.now()
    await notify(prisma, { topic })
    const { heardAt, answeredAt } = await heard
    const { user, system } = process.threadCpuUsage(before)
    const after = heardAt.map((at) => at - committedAt).toSorted((a, b) => a - b)
    if (after.length !== pages || answeredAt.length !== pages)
      throw new Error(`${after.length} pages heard of it`)
    if (change < 0) continue
    rounds.push({
      firstMs: quantile(after, 0.001),
      medianMs: quantile(after, 0.5),
      lastMs: quantile(after, 1),
      rankingMs: Math.max(...answeredAt) - committedAt,
      cpuMs: (user + system) / 1000,
    })
  }
  child.kill()
  await once(child, 'exit')
  const perPage = { pages, bytesPerPage: Math.round(bytesPerPage), openMs: Math.round(openMs) }
  return (
    [
      ['first page has heard', 'firstMs'],
      ['half of the pages have heard', 'medianMs'],
      ['last page has heard', 'lastMs'],
      ['all have the new ranking', 'rankingMs'],
      ["server's processor time for all", 'cpuMs'],
    ] as const
  ).map(([what, key]) => {
    const sorted = rounds.map((round) => round[key]).toSorted((a, b) => a - b)
    const at = (share: number) => Math.round(quantile(sorted, share))
    return { what, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1), ...perPage }
  })
})
writeResults('event-fan-out', rows)
const last = rows.find(({ what }) => what === 'last page has heard')
if (last === undefined || last.maxMs > announcedAimMs) throw new Error('the last page heard of it too late')
