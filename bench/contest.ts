import pg from 'pg'
import type { BlobStore } from '../apps/server/src/platform/blob-store.ts'

const teams = 50
const labelsBlob = 'labels'
/** Ids that the pages to be measured are asked for by. */
export const contest = { slug: 'cnn', submission: '00000000-0000-4000-8000-000000000001' } as const

const layers = [
  ['Conv2D', '{32,32,32}', 896, '"relu"'],
  ['MaxPooling2D', '{16,16,32}', 0, 'null'],
  ['Conv2D', '{16,16,64}', 18_496, '"relu"'],
  ['MaxPooling2D', '{8,8,64}', 0, 'null'],
  ['Flatten', '{4096}', 0, 'null'],
  ['Dense', '{10}', 40_970, '"softmax"'],
] as const

const inspection = {
  format: 'keras-v3',
  layers: layers.map(([className, shape, parameters, activation], place) => ({
    name: `${className.toLowerCase()}_${place}`,
    className,
    outputShape: JSON.parse(shape.replace('{', '[').replace('}', ']')),
    parameters,
    activation: JSON.parse(activation),
    inputs: [place - 1],
  })),
  parameters: 60_362,
  macs: 5_638_144,
  inputShape: [32, 32, 3],
  classCount: 10,
  outputKind: 'probabilities',
}

/** A running round of 50 teams with one scored submission each, on 10,000 hidden images. */
export async function fillContest(databaseUrl: string, blobs: BlobStore): Promise<void> {
  await blobs.put(
    labelsBlob,
    Uint8Array.from({ length: 10_000 }, (_, image) => image % 10),
  )
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(`
    INSERT INTO "Dataset" ("id", "name", "imageHeight", "imageWidth", "imageChannels", "classNames", "hiddenCount", "hiddenImagesBlob", "hiddenLabelsBlob")
      VALUES (gen_random_uuid(), 'CIFAR-10', 32, 32, 3, '{飛行機,自動車,鳥,猫,鹿,犬,蛙,馬,船,トラック}', 10000, 'i', '${labelsBlob}');
    INSERT INTO "Round" ("id", "slug", "title", "datasetId", "splitSeed", "joinCode", "opensAt", "closesAt", "visitorsMaySee", "updatedAt")
      SELECT gen_random_uuid(), '${contest.slug}', '第5回 CNN 大会', d."id", 's', 'J', now() - interval '3 days', now() + interval '3 days', true, now()
      FROM "Dataset" d;
    INSERT INTO "Entry" ("id", "roundId", "name")
      SELECT gen_random_uuid(), r."id", '畳み込み研究会 ' || n FROM generate_series(1, ${teams}) n, "Round" r;
    INSERT INTO "Submission" ("id", "roundId", "entryId", "label", "preprocessing", "status", "receivedAt", "modelSha256", "uploadBytes",
        "format", "parameters", "macs", "inspection", "updatedAt")
      SELECT CASE WHEN e.at = 1 THEN '${contest.submission}'::uuid ELSE gen_random_uuid() END, e."roundId", e."id", 'CNN ' || e.at,
        '{"preset": "unit"}', 'SCORED', now() - e.at * interval '1 hour', repeat('0', 64), 1000000, 'keras-v3',
        ${inspection.parameters}, ${inspection.macs}, $$${JSON.stringify(inspection)}$$::jsonb, now()
      FROM (SELECT *, row_number() OVER (ORDER BY "id") AS at FROM "Entry") e;
    INSERT INTO "ScoringRun" ("id", "submissionId", "datasetId", "status", "imagesTotal", "imagesDone", "startedAt", "finishedAt", "engine",
        "engineVersion", "scorerVersion", "splitId", "imagesPerSecond")
      SELECT gen_random_uuid(), s."id", d."id", 'SCORED', 10000, 10000, s."receivedAt", s."receivedAt" + interval '1 minute', 'wasm', '1', '1', 's', 300
      FROM "Submission" s, "Dataset" d;
    INSERT INTO "Score" ("runId", "split", "correct", "total", "top5Correct", "crossEntropy", "squaredError", "perClassCorrect",
        "perClassTotal", "confusionMatrix", "macroF1", "calibrationError", "calibrationBins", "crossEntropySd", "squaredErrorSd",
        "correctBits", "top5Bits")
      SELECT r."id", split."name"::"Split", split.total / 2, split.total, split.total, 1, 0.4, array_fill(split.total / 20, ARRAY[10]),
        array_fill(split.total / 10, ARRAY[10]), array_fill(split.total / 100, ARRAY[100]), 0.5, 0.05, '[]', 0, 0,
        decode(repeat(lpad(to_hex(15 + 16 * (r.at % 15)::int), 2, '0'), split.total / 8), 'hex'), decode(repeat('ff', split.total / 8), 'hex')
      FROM (SELECT *, row_number() OVER (ORDER BY "id") AS at FROM "ScoringRun") r, (VALUES ('PUBLIC', 3000), ('PRIVATE', 7000)) split("name", total);
    ANALYZE`)
  await client.end()
}
