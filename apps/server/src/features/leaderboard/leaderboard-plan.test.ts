import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts'
import { PrismaClient } from '../../generated/prisma/client.ts'
import { findFinalStandings, findPublicStandings } from './leaderboard.repository.ts'

const rounds = 60
const submissionsEach = 100

let database: TestDatabase
let client: pg.Client
beforeAll(async () => {
  database = await createTestDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await fill()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

/** Many rounds of 20 entries with five scored submissions each, as a server has after some years. */
async function fill(): Promise<void> {
  await client.query(`
    INSERT INTO "Dataset" ("id", "name", "imageHeight", "imageWidth", "imageChannels", "classNames", "hiddenCount", "hiddenImagesBlob", "hiddenLabelsBlob")
      VALUES (gen_random_uuid(), 'd', 1, 1, 1, '{a,b}', 100, 'i', 'l');
    INSERT INTO "Round" ("id", "slug", "title", "datasetId", "splitSeed", "joinCode", "opensAt", "updatedAt")
      SELECT gen_random_uuid(), 'r' || n, 'R', d."id", 's', 'J' || n, now(), now() FROM generate_series(1, ${rounds}) n, "Dataset" d;
    INSERT INTO "Entry" ("id", "roundId", "name")
      SELECT gen_random_uuid(), r."id", 'e' || n FROM generate_series(1, 20) n, "Round" r;
    INSERT INTO "Submission" ("id", "roundId", "entryId", "preprocessing", "status", "receivedAt", "modelSha256", "uploadBytes", "format",
        "parameters", "inspection", "updatedAt")
      SELECT gen_random_uuid(), e."roundId", e."id", '{}', 'SCORED', now() - n * interval '1 minute', repeat('0', 64), 1, 'onnx', 1, '{}', now()
      FROM generate_series(1, ${submissionsEach / 20}) n, "Entry" e;
    INSERT INTO "ScoringRun" ("id", "submissionId", "datasetId", "status", "imagesTotal", "imagesDone", "startedAt", "finishedAt", "engine",
        "engineVersion", "scorerVersion", "splitId")
      SELECT gen_random_uuid(), s."id", d."id", 'SCORED', 1, 1, now(), now(), 'wasm', '1', '1', 's' FROM "Submission" s, "Dataset" d;
    INSERT INTO "Score" ("runId", "split", "correct", "total", "top5Correct", "crossEntropy", "squaredError", "perClassCorrect", "perClassTotal",
        "confusionMatrix", "macroF1", "calibrationError", "calibrationBins", "crossEntropySd", "squaredErrorSd", "correctBits", "top5Bits")
      SELECT r."id", split::"Split", 4, 8, 5, random(), random(), '{4}', '{8}', '{4}', 0.5, 0.5, '[]', 0, 0, '\\x0f', '\\x1f'
      FROM "ScoringRun" r, unnest(ARRAY['PUBLIC', 'PRIVATE']) split;
    ANALYZE`)
}

const planSchema = z.object({ rows: z.array(z.object({ 'QUERY PLAN': z.string() })) })

/** The plan of the one query that a repository function sends. */
async function planOf(send: (prisma: PrismaClient) => Promise<unknown>): Promise<string> {
  const prisma = new PrismaClient({
    adapter: new PrismaPg({ connectionString: database.url }),
    log: [{ emit: 'event', level: 'query' }],
  })
  const sent: { query: string; params: string }[] = []
  prisma.$on('query', (event) => sent.push(event))
  await send(prisma)
  await prisma.$disconnect()
  const [first, ...others] = sent
  if (first === undefined || others.length > 0) throw new Error('expected one query')
  const values = z.array(z.unknown()).parse(JSON.parse(first.params))
  const result = planSchema.parse(await client.query(`EXPLAIN ${first.query}`, values))
  return result.rows.map((row) => row['QUERY PLAN']).join('\n')
}

it.each([
  ['live', null],
  ['frozen', new Date()],
])(
  'reads a %s public ranking without going through other rounds’ submissions',
  async (_what, receivedBefore) => {
    const id = await oneRound()
    for (const metric of ['accuracy', 'cross-entropy'] as const) {
      const plan = await planOf((prisma) => findPublicStandings(prisma, { id, metric }, receivedBefore))
      expectIndexed(plan)
    }
  },
)

it('reads a final ranking without going through other rounds’ submissions', async () => {
  const id = await oneRound()
  const round = { id, metric: 'accuracy', finalPicks: 2 } as const
  expectIndexed(await planOf((prisma) => findFinalStandings(prisma, round)))
})

async function oneRound(): Promise<string> {
  const { rows } = await client.query<{ id: string }>('SELECT "id" FROM "Round" LIMIT 1')
  return z.uuid().parse(rows[0]?.id)
}

function expectIndexed(plan: string): void {
  expect(plan).toContain('"Submission"')
  expect(plan, plan).not.toContain('Seq Scan on "Submission"')
}
