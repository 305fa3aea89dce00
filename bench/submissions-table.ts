// node bench/submissions-table.ts
// The instructors' table of all submissions, with 10,000 of them in a real PostgreSQL: how long the server takes for the first page,
// for each filter and each order, from request to answer (session, page, count, schema), one request after the other. Fails where a
// 95th percentile is over the aim. Writes bench/results/submissions-table.json.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { buildApp } from '../apps/server/src/app.ts'
import { readConfig } from '../apps/server/src/config.ts'
import { createAccount } from '../apps/server/src/features/accounts/accounts.service.ts'
import { createAuth } from '../apps/server/src/features/accounts/auth.ts'
import type { PrismaClient } from '../apps/server/src/generated/prisma/client.ts'
import { TestClient } from '../apps/server/src/http/test-client.ts'
import { createScoringQueue } from '../apps/server/src/jobs/scoring-queue.ts'
import { fileBlobStore } from '../apps/server/src/platform/blob-store.ts'
import { startEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres.ts'
import { EventHub } from '../apps/server/src/platform/events.ts'
import { createLogger } from '../apps/server/src/platform/logger.ts'
import { applyMigrations } from '../apps/server/src/platform/migrate.ts'
import { createPrisma } from '../apps/server/src/platform/prisma.ts'
import { createInspector } from '../apps/server/src/scoring/inspector.ts'
import { probeSandbox } from '../apps/server/src/scoring/sandbox.ts'
import { tableSchema } from '../packages/shared/src/wire/submission-table.ts'
import { writeResults } from './results-file.ts'

type App = Awaited<ReturnType<typeof buildApp>>

const submissions = 10_000
const rounds = 12
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

/** Rounds of 25 entries, submissions of which nine in ten are scored, on 10,000 images each. */
async function fill(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(`
    INSERT INTO "Dataset" ("id", "name", "imageHeight", "imageWidth", "imageChannels", "classNames", "hiddenCount", "hiddenImagesBlob", "hiddenLabelsBlob")
      VALUES (gen_random_uuid(), 'd', 32, 32, 3, '{a,b,c,d,e,f,g,h,i,j}', 10000, 'i', 'l');
    INSERT INTO "Round" ("id", "slug", "title", "datasetId", "splitSeed", "joinCode", "opensAt", "updatedAt")
      SELECT gen_random_uuid(), 'round-' || n, 'Round ' || n, d."id", 's', 'J' || n, now(), now()
      FROM generate_series(1, ${rounds}) n, "Dataset" d;
    INSERT INTO "Entry" ("id", "roundId", "name", "kind", "disqualifiedAt", "disqualifiedReason")
      SELECT gen_random_uuid(), r."id", 'Team ' || n, (CASE WHEN n % 12 = 0 THEN 'BASELINE' ELSE 'TEAM' END)::"EntryKind",
        CASE WHEN n = 25 THEN now() END, CASE WHEN n = 25 THEN 'r' END FROM generate_series(1, 25) n, "Round" r;
    INSERT INTO "Submission" ("id", "roundId", "entryId", "label", "preprocessing", "status", "receivedAt", "modelSha256", "uploadBytes",
        "format", "parameters", "inspection", "updatedAt",
        "disqualifiedAt", "disqualifiedReason")
      SELECT gen_random_uuid(), e."roundId", e."id", 'Label ' || n, '{}',
        (CASE WHEN n % 20 = 0 THEN 'FAILED' WHEN n % 20 = 1 THEN 'REJECTED' ELSE 'SCORED' END)::"SubmissionStatus",
        '2026-11-24T00:00:00Z'::timestamptz - n * interval '7 minutes', repeat('0', 64), 1000000, 'onnx', (random() * 1e6)::int,
        jsonb_build_object('layers', repeat('x', 2000)), now(),
        CASE WHEN n % 50 = 2 THEN now() END, CASE WHEN n % 50 = 2 THEN 'r' END
      FROM generate_series(1, ${submissions}) n
      JOIN (SELECT *, row_number() OVER (ORDER BY "id") - 1 AS at FROM "Entry") e ON e.at = n % ${rounds * 25};
    INSERT INTO "ScoringRun" ("id", "submissionId", "datasetId", "status", "imagesTotal", "imagesDone", "startedAt", "finishedAt", "engine",
        "engineVersion", "scorerVersion", "splitId", "reasonCode")
      SELECT gen_random_uuid(), s."id", d."id", s."status", 10000, CASE WHEN s."status" = 'SCORED' THEN 10000 ELSE 0 END,
        s."receivedAt", s."receivedAt" + random() * interval '2 minutes', CASE WHEN random() < 0.5 THEN 'wasm' ELSE 'onnxruntime' END,
        '1', '1', 's', CASE s."status" WHEN 'FAILED' THEN 'SCORING_TIMED_OUT' WHEN 'REJECTED' THEN 'MODEL_TOO_SLOW' END
      FROM "Submission" s, "Dataset" d;
    INSERT INTO "Score" ("runId", "split", "correct", "total", "top5Correct", "crossEntropy", "squaredError", "perClassCorrect",
        "perClassTotal", "confusionMatrix", "macroF1", "calibrationError", "calibrationBins", "crossEntropySd", "squaredErrorSd",
        "correctBits", "top5Bits")
      SELECT r."id", split."name"::"Split", (random() * split.total)::int, split.total, split.total, 1, 1, array_fill(split.total / 10, ARRAY[10]),
        array_fill(split.total / 10, ARRAY[10]), array_fill(1, ARRAY[100]), 0.5, 0.5, '[]', 0, 0,
        decode(repeat('5a', split.total / 8), 'hex'), decode(repeat('ff', split.total / 8), 'hex')
      FROM "ScoringRun" r, (VALUES ('PUBLIC', 3000), ('PRIVATE', 7000)) split("name", total) WHERE r."status" = 'SCORED';
    ANALYZE`)
  await client.end()
}

async function signIn(app: App, prisma: PrismaClient): Promise<TestClient> {
  const person = { name: 'Instructor', email: 'instructor@example.com', password: 'correct horse battery' }
  await createAccount(prisma, { ...person, role: 'INSTRUCTOR' })
  const client = new TestClient(app)
  const { email, password } = person
  const { statusCode } = await client.post('/api/auth/sign-in/email', { email, password })
  if (statusCode !== 204) throw new Error(`signing in was answered with ${statusCode}`)
  return client
}

/** Of sorted values, the one that a share of them does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return z.number().parse(sorted[Math.ceil(sorted.length * share) - 1])
}

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

async function measureAll(databaseUrl: string, folder: string) {
  await applyMigrations(databaseUrl)
  await fill(databaseUrl)
  const config = readConfig({
    DATA_DIR: folder,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: 'a secret that only the benchmark knows',
    LOG_LEVEL: 'silent',
  })
  const logger = createLogger('server', config.logLevel)
  const prisma = createPrisma(databaseUrl)
  const queue = await createScoringQueue(config, logger)
  const events = await EventHub.start(databaseUrl, logger)
  const app = await buildApp({
    ...{ config, prisma, queue, events, logger },
    blobs: fileBlobStore(join(folder, 'blobs')),
    inspect: createInspector(await probeSandbox('best-effort', logger)),
    auth: createAuth({ prisma, config }),
    officialFiles: [],
    now: () => new Date(),
    webRoot: null,
  })
  const client = await signIn(app, prisma)
  const rows = []
  for (const [what, query] of questions) rows.push(await measure(client, what, query))
  await app.close()
  await events.close()
  await queue.close()
  await prisma.$disconnect()
  return rows
}

const folder = mkdtempSync(join(tmpdir(), 'taikai-table-'))
chmodSync(folder, 0o755) // as root, PostgreSQL's account has to get in
const postgres = await startEmbeddedPostgres(folder)
try {
  const rows = await measureAll(postgres.url, folder)
  writeResults('submissions-table', rows)
  const late = rows.filter(({ p95Ms }) => p95Ms > aimMs)
  if (late.length > 0) throw new Error(`over ${aimMs} ms: ${late.map(({ what }) => what).join(', ')}`)
} finally {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
