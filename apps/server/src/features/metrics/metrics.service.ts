import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { findWorkers, missedAfterSeconds } from '../../jobs/workers.repository.ts'
import { countOutcomes, measureQueue, measureRunTimes, type RunTimes } from './metrics.repository.ts'

export type Metrics = {
  contentType: string
  observeRequest(request: { method: string; route: string; status: number; ms: number }): void
  /** Everything in Prometheus' text format. */
  expose(): Promise<string>
}

/**
 * What Prometheus is told. Queue, run times and outcomes are read from the database at each scrape: they are right for all servers
 * and workers together, and over every restart. HTTP and process numbers are this process's own. Nothing names a person or a team.
 */
export function createMetrics(prisma: PrismaClient): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'taikai_' })
  const requests = new Histogram({
    name: 'taikai_http_request_duration_seconds',
    help: 'Time from the headers of a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  })
  new Gauge({
    name: 'taikai_queue_runs',
    help: 'Scoring runs that are not finished.',
    labelNames: ['kind', 'state'],
    registers,
    async collect() {
      for (const { kind, queued, running } of await measureQueue(prisma)) {
        this.set({ kind, state: 'queued' }, queued)
        this.set({ kind, state: 'running' }, running)
      }
    },
  })
  new Gauge({
    name: 'taikai_queue_oldest_wait_seconds',
    help: 'How long the run that has waited longest has waited.',
    labelNames: ['kind'],
    registers,
    async collect() {
      for (const { kind, oldestWaitSeconds } of await measureQueue(prisma))
        this.set({ kind }, oldestWaitSeconds)
    },
  })
  new Counter({
    name: 'taikai_runs_finished_total',
    help: 'Finished scoring runs by outcome and reason code.',
    labelNames: ['outcome', 'code'],
    registers,
    async collect() {
      this.reset()
      for (const { outcome, code, count } of await countOutcomes(prisma)) this.inc({ outcome, code }, count)
    },
  })
  new Gauge({
    name: 'taikai_workers',
    help: 'Workers that started in the last week by whether they give signs of life.',
    labelNames: ['state'],
    registers,
    async collect() {
      const workers = await findWorkers(prisma)
      const stopped = workers.filter(({ stoppedAt }) => stoppedAt !== null).length
      const silent = workers.filter(
        ({ stoppedAt, silentSeconds }) => stoppedAt === null && silentSeconds >= missedAfterSeconds,
      ).length
      this.set({ state: 'alive' }, workers.length - stopped - silent)
      this.set({ state: 'silent' }, silent)
      this.set({ state: 'stopped' }, stopped)
    },
  })
  return {
    contentType: registry.contentType,
    observeRequest({ method, route, status, ms }) {
      requests.observe({ method, route, status }, ms / 1000)
    },
    async expose() {
      const [own, runTimes] = await Promise.all([registry.metrics(), measureRunTimes(prisma)])
      return `${own}\n${runTimeHistogram(runTimes)}`
    },
  }
}

/** Text of a histogram that was counted elsewhere: prom-client's can only be fed one observation at a time. */
function runTimeHistogram(runTimes: RunTimes): string {
  const name = 'taikai_run_duration_seconds'
  const lines = runTimes.flatMap(({ engine, count, seconds, withinSeconds }) => [
    ...withinSeconds.map(([le, within]) => `${name}_bucket{engine="${engine}",le="${le}"} ${within}`),
    `${name}_bucket{engine="${engine}",le="+Inf"} ${count}`,
    `${name}_sum{engine="${engine}"} ${seconds}`,
    `${name}_count{engine="${engine}"} ${count}`,
  ])
  const head = [`# HELP ${name} Time from claim to result of scored runs.`, `# TYPE ${name} histogram`]
  return `${[...head, ...lines].join('\n')}\n`
}
