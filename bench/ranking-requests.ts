// node bench/ranking-requests.ts
// The ranking of a round with 50,000 submissions: how long one request takes after a change (cold: standings, ties and intervals
// are computed) and between changes (cached), and how many requests a second are answered, beside a bare Fastify route that returns
// the same bytes, with the processor time of the thread that answers: the client, in a thread of its own, may be what limits requests a
// second. Fails where a 95th percentile or a ratio misses its aim. Writes bench/results/ranking-requests.json.
import autocannon from 'autocannon'
import Fastify, { type FastifyInstance } from 'fastify'
import type { TestClient } from '../apps/server/src/http/test-client.ts'
import { notify } from '../apps/server/src/platform/events.ts'
import { type FilledService, quantile, signedIn, withFilledService } from './filled-service.ts'
import { writeResults } from './results-file.ts'

const size = { rounds: 1, entries: 400, submissions: 50_000 }
const slug = 'round-1'
const url = `/api/rounds/${slug}/leaderboard`
const cachedAimMs = 100
const coldAimMs = 250
const [coldTurns, cachedTurns, warmUps] = [40, 200, 5]
const anyPort = { host: '127.0.0.1', port: 0 }
const load = { connections: 20, duration: 6 }
const ratioAim = 0.7
const rounded = (ratio: number) => Math.round(100 * ratio) / 100

/** One request after the other; `before` each, outside the time. */
async function latency(what: string, client: TestClient, times: number, before: () => Promise<void>) {
  const elapsed: number[] = []
  for (let turn = -warmUps; turn < times; turn++) {
    await before()
    const startedAt = performance.now()
    const { statusCode } = await client.get(url, { 'accept-encoding': 'gzip' })
    if (statusCode !== 200) throw new Error(`${what} was answered with ${statusCode}`)
    if (turn >= 0) elapsed.push(performance.now() - startedAt)
  }
  const sorted = elapsed.toSorted((a, b) => a - b)
  const ms = (share: number) => Math.round(10 * quantile(sorted, share)) / 10
  return { what, p50Ms: ms(0.5), p95Ms: ms(0.95) }
}

/** Announces a change of the ranking, and waits until the service has heard of it. */
async function change({ prisma, events }: FilledService): Promise<void> {
  const heard = new Promise<void>((resolve) => {
    const stop = events.subscribe(() => {
      stop()
      resolve()
    })
  })
  await notify(prisma, { topic: `leaderboard/${slug}` })
  await heard
}

type Rate = { perSecond: number; cpuMicroseconds: number }

/** Requests a second that are answered to 20 connections, made in a thread of their own, and the processor time of one in this thread. */
async function throughput(address: string, headers: Record<string, string>): Promise<Rate> {
  const before = process.threadCpuUsage()
  const { requests, non2xx, errors } = await autocannon({
    url: `${address}${url}`,
    headers: { 'accept-encoding': 'gzip', ...headers },
    ...{ ...load, workers: 1 },
  })
  const { user, system } = process.threadCpuUsage(before)
  const refused = headers['if-none-match'] === undefined ? non2xx : 0
  if (refused + errors > 0) throw new Error(`${refused} refused, ${errors} failed`)
  return {
    perSecond: Math.round(requests.average),
    cpuMicroseconds: Math.round((user + system) / requests.total),
  }
}

/** A route that does nothing but return what the service answered, as compressed as it was. */
async function bareApp(bytes: Buffer): Promise<FastifyInstance> {
  const app = Fastify()
  app.get(url, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').header('content-encoding', 'gzip').send(bytes),
  )
  return app
}

const { latencies, throughputs } = await withFilledService(size, async (service) => {
  const { app, instructor } = service
  const latencies = [
    { ...(await latency('cold', instructor, coldTurns, () => change(service))), aimMs: coldAimMs },
    { ...(await latency('cached', instructor, cachedTurns, async () => {})), aimMs: cachedAimMs },
  ]
  const answer = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } })
  const bare = await bareApp(answer.rawPayload)
  const bareAddress = await bare.listen(anyPort)
  const address = await app.listen(anyPort)
  const student = await signedIn(service, 'STUDENT')
  const asked = [
    ['visitor', {}],
    ['visitor who has it already (304)', { 'if-none-match': String(answer.headers.etag) }],
    ['student', { cookie: student.cookie }],
    ['instructor', { cookie: instructor.cookie }],
  ] as const
  await throughput(bareAddress, {})
  await throughput(address, {})
  const throughputs = []
  for (const [what, headers] of asked) {
    // Side by side, so that what else the machine does weighs on both alike.
    const rate = await throughput(address, headers)
    const bareRate = await throughput(bareAddress, {})
    throughputs.push({
      what,
      bytes: answer.rawPayload.length,
      perSecond: rate.perSecond,
      barePerSecond: bareRate.perSecond,
      ratio: rounded(rate.perSecond / bareRate.perSecond),
      cpuMicroseconds: rate.cpuMicroseconds,
      bareCpuMicroseconds: bareRate.cpuMicroseconds,
      cpuRatio: rounded(bareRate.cpuMicroseconds / rate.cpuMicroseconds),
    })
  }
  await bare.close()
  return { latencies, throughputs }
})
writeResults('ranking-requests', [...latencies, ...throughputs])
const late = latencies.filter(({ p95Ms, aimMs }) => p95Ms > aimMs)
if (late.length > 0) throw new Error(`over the aim: ${late.map(({ what }) => what).join(', ')}`)
// Instructors are looked up at each request, on purpose (decision 031).
const slow = throughputs.filter(({ what, ratio }) => what !== 'instructor' && ratio < ratioAim)
if (slow.length > 0)
  throw new Error(`under ${ratioAim} of the bare route: ${slow.map(({ what }) => what).join(', ')}`)
