import pg from 'pg'
import { createAccount } from '../apps/server/src/features/accounts/accounts.service.ts'
import type { PrismaClient } from '../apps/server/src/generated/prisma/client.ts'
import { TestClient } from '../apps/server/src/http/test-client.ts'
import type { EventHub } from '../apps/server/src/platform/events.ts'
import type { InspectModel } from '../apps/server/src/scoring/inspector.ts'
import { startBenchService } from './bench-service.ts'

const labelsBlob = 'labels'

type App = Awaited<ReturnType<typeof startBenchService>>['app']
/** How many rounds there are, entries in each, and submissions in all. */
export type Size = { rounds: number; entries: number; submissions: number }
export type FilledService = {
  app: App
  prisma: PrismaClient
  events: EventHub
  dataDir: string
  instructor: TestClient
}

/** The real service, without a worker, on a real PostgreSQL with that many submissions, for as long as `use` takes. */
export async function withFilledService<T>(
  size: Size,
  use: (service: FilledService) => Promise<T>,
  overrides: { inspect?: InspectModel; now?: () => Date } = {},
): Promise<T> {
  const service = await startBenchService(
    null,
    async (databaseUrl, blobs) => {
      await fill(databaseUrl, size)
      await blobs.put(
        labelsBlob,
        Uint8Array.from({ length: 10_000 }, (_, image) => image % 10),
      )
    },
    overrides,
  )
  try {
    return await use({ ...service, instructor: await signedIn(service, 'INSTRUCTOR') })
  } finally {
    await service.stop()
  }
}

/** Nine in ten submissions are scored, on 10,000 images each; one entry in twelve is a baseline, and the last of each round disqualified. */
async function fill(databaseUrl: string, { rounds, entries, submissions }: Size): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(`
    INSERT INTO "Dataset" ("id", "name", "imageHeight", "imageWidth", "imageChannels", "classNames", "hiddenCount", "hiddenImagesBlob", "hiddenLabelsBlob")
      VALUES (gen_random_uuid(), 'd', 32, 32, 3, '{a,b,c,d,e,f,g,h,i,j}', 10000, 'images', '${labelsBlob}');
    INSERT INTO "Round" ("id", "slug", "title", "datasetId", "splitSeed", "joinCode", "visitorsMaySee", "opensAt", "updatedAt")
      SELECT gen_random_uuid(), 'round-' || n, 'Round ' || n, d."id", 's', 'J' || n, true, now(), now()
      FROM generate_series(1, ${rounds}) n, "Dataset" d;
    INSERT INTO "Entry" ("id", "roundId", "name", "kind", "disqualifiedAt", "disqualifiedReason")
      SELECT gen_random_uuid(), r."id", 'Team ' || n, (CASE WHEN n % 12 = 0 THEN 'BASELINE' ELSE 'TEAM' END)::"EntryKind",
        CASE WHEN n = ${entries} THEN now() END, CASE WHEN n = ${entries} THEN 'r' END FROM generate_series(1, ${entries}) n, "Round" r;
    INSERT INTO "Submission" ("id", "roundId", "entryId", "label", "preprocessing", "status", "receivedAt", "modelSha256", "uploadBytes",
        "format", "parameters", "inspection", "updatedAt",
        "disqualifiedAt", "disqualifiedReason")
      SELECT gen_random_uuid(), e."roundId", e."id", 'Label ' || n, '{}',
        (CASE WHEN n % 20 = 0 THEN 'FAILED' WHEN n % 20 = 1 THEN 'REJECTED' ELSE 'SCORED' END)::"SubmissionStatus",
        '2026-11-24T00:00:00Z'::timestamptz - n * interval '7 minutes', repeat('0', 64), 1000000, 'onnx', (random() * 1e6)::int,
        jsonb_build_object('layers', repeat('x', 2000)), now(),
        CASE WHEN n % 50 = 2 THEN now() END, CASE WHEN n % 50 = 2 THEN 'r' END
      FROM generate_series(1, ${submissions}) n
      JOIN (SELECT *, row_number() OVER (ORDER BY "id") - 1 AS at FROM "Entry") e ON e.at = n % ${rounds * entries};
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

/** A new account, signed in. */
export async function signedIn(
  { app, prisma }: Pick<FilledService, 'app' | 'prisma'>,
  role: 'STUDENT' | 'INSTRUCTOR',
): Promise<TestClient> {
  const [email, password] = [`${role.toLowerCase()}@example.com`, 'correct horse battery']
  await createAccount(prisma, { name: role, email, password, role })
  const client = new TestClient(app)
  const { statusCode } = await client.post('/api/auth/sign-in/email', { email, password })
  if (statusCode !== 204) throw new Error(`signing in was answered with ${statusCode}`)
  return client
}

/** Of sorted values, the one that a share of them does not exceed. */
export function quantile(sorted: readonly number[], share: number): number {
  const value = sorted[Math.ceil(sorted.length * share) - 1]
  if (value === undefined) throw new RangeError('of no values')
  return value
}
