// node bench/overhead.ts
// Starts a service with server and worker, uploads the demo round's linear model one at a time, and measures what a student waits
// for besides inference: from the upload's last byte to the score in the page's hands. Writes bench/results/overhead.json.
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { root } from '../scripts/check-steps.ts'
import { startTestService } from '../scripts/test-service.ts'
import { type Client, joinDemoRound } from './service-client.ts'

const times = 9
/** Between two uploads, so that each meets a service at rest. */
const pauseMs = 5_000
const targetMs = 1_000

type Parts = {
  /** Last byte sent → claimed by the worker: inspection, storing, queue. */
  accept: number
  /** Claimed → result committed, less inference. */
  score: number
  /** Committed → read by the page that was told of it. */
  show: number
  /** All three. */
  overhead: number
  inference: number
  /** Last byte sent → answered with 201; within the parts above. */
  answered: number
}

const baseline = join(root, 'apps/server/baselines/linear')
const files = ['model.json', 'weights.bin'].map((name) => ({
  name,
  bytes: readFileSync(join(baseline, name)),
}))
const write = (line: string) => void process.stdout.write(`${line}\n`)
const cell = (value: number | string) =>
  String(typeof value === 'number' ? Math.round(value) : value).padStart(10)

async function measure(client: Client): Promise<{ parts: Parts; engine: string }> {
  const { submission, uploadedAt, answeredAt, shownAt } = await client.submitAndWatch(files)
  const { status, run } = submission
  const { startedAt, finishedAt, imagesPerSecond, imagesTotal, engineVersion } = run
  if (status !== 'SCORED' || startedAt === null || finishedAt === null || !imagesPerSecond)
    throw new Error(`not scored: ${JSON.stringify(submission)}`)
  const claimed = Date.parse(startedAt)
  const committed = Date.parse(finishedAt)
  const inference = (1000 * imagesTotal) / imagesPerSecond
  const parts = {
    accept: claimed - uploadedAt,
    score: committed - claimed - inference,
    show: shownAt - committed,
    overhead: shownAt - uploadedAt - inference,
    inference,
    answered: answeredAt - uploadedAt,
  }
  return { parts, engine: engineVersion ?? '' }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

const names = ['accept', 'score', 'show', 'overhead', 'inference', 'answered'] as const
const service = await startTestService()
try {
  const client = await joinDemoRound(service)
  const runs: Parts[] = []
  let engine = ''
  write(names.map(cell).join(''))
  while (runs.length < times) {
    await delay(pauseMs)
    const measured = await measure(client)
    engine = measured.engine
    runs.push(measured.parts)
    write(names.map((name) => cell(measured.parts[name])).join(''))
  }
  const medians = Object.fromEntries(names.map((name) => [name, median(runs.map((parts) => parts[name]))]))
  write(`${names.map((name) => cell(medians[name] ?? Number.NaN)).join('')}  median, ms`)
  const machine = {
    processor: cpus()[0]?.model,
    cores: availableParallelism(),
    load: loadavg()[0],
    node: process.version,
  }
  const ratio = (medians.overhead ?? Number.NaN) / targetMs
  const result = { measuredAt: new Date().toISOString(), machine, engine, targetMs, ratio, medians, runs }
  writeFileSync(join(root, 'bench/results/overhead.json'), `${JSON.stringify(result, null, 2)}\n`)
} finally {
  await service.stop()
}
