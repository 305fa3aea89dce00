// node bench/submissions-table.ts
// The instructors' table of all submissions, with 10,000 of them in a real PostgreSQL: how long the server takes for the first page,
// for each filter and each order, from request to answer (session, page, count, schema), one request after the other. Fails where a
// 95th percentile is over the aim. Writes bench/results/submissions-table.json.
import type { TestClient } from '../apps/server/src/http/test-client.ts'
import { tableSchema } from '../packages/shared/src/wire/submission-table.ts'
import { quantile, withFilledService } from './filled-service.ts'
import { writeResults } from './results-file.ts'

const size = { rounds: 12, entries: 25, submissions: 10_000 }
const times = 60
const warmUps = 5
const aimMs = 300

const questions = [
  ['first page', ''],
  ['a later page', 'offset=5000'],
  ['the last page', 'offset=9900'],
  ['round', 'round=round-7'],
  ['status', 'status=FAILED'],
  ['text, in many', 'q=team'],
  ['text, in few', 'q=label%209999'],
  ['text, in none', 'q=nowhere'],
  ['engine', 'engine=wasm'],
  ['baselines', 'kind=BASELINE'],
  ['disqualified', 'disqualified=yes'],
  ['days', 'from=2026-11-01T00:00:00Z&to=2026-11-08T00:00:00Z'],
  ['several filters', 'round=round-7&status=SCORED&q=team&engine=wasm&kind=TEAM&disqualified=no'],
  ...['received', 'public', 'private', 'duration', 'parameters'].flatMap((sort) =>
    ['asc', 'desc'].map((order) => [`by ${sort}, ${order}`, `sort=${sort}&order=${order}`] as const),
  ),
  ['by private score, filtered', 'sort=private&status=SCORED&q=team'],
] as const

async function measure(client: TestClient, what: string, query: string) {
  const elapsed: number[] = []
  let total = 0
  for (let turn = -warmUps; turn < times; turn++) {
    const startedAt = performance.now()
    const response = await client.get(`/api/submissions?${query}`)
    if (turn >= 0) elapsed.push(performance.now() - startedAt)
    total = tableSchema.parse(response.json()).total
  }
  const sorted = elapsed.toSorted((a, b) => a - b)
  const ms = (share: number) => Math.round(10 * quantile(sorted, share)) / 10
  return { what, query, rows: total, p50Ms: ms(0.5), p95Ms: ms(0.95), aimMs }
}

const rows = await withFilledService(size, async ({ instructor }) => {
  const measured = []
  for (const [what, query] of questions) measured.push(await measure(instructor, what, query))
  return measured
})
writeResults('submissions-table', rows)
const late = rows.filter(({ p95Ms }) => p95Ms > aimMs)
if (late.length > 0) throw new Error(`over ${aimMs} ms: ${late.map(({ what }) => what).join(', ')}`)
