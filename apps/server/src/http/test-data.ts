import { randomUUID } from 'node:crypto'
import type { Inspection } from '@taikai/shared/model/inspection'
import type { FastifyInstance } from 'fastify'
import { createAccount } from '../features/accounts/accounts.service.ts'
import type { Dataset, PrismaClient, Round } from '../generated/prisma/client.ts'
import type { BlobStore } from '../platform/blob-store.ts'
import type { SplitScore } from '../scoring/metrics.ts'
import { buildPerson, TestClient } from './test-client.ts'

type Deps = { app: FastifyInstance; prisma: PrismaClient; blobs: BlobStore }

/** Rows of a dataset with `perClass` hidden images of 1×1 pixel for each class. */
export async function seedDataset({ prisma, blobs }: Deps, classCount = 10, perClass = 10): Promise<Dataset> {
  const name = randomUUID()
  const labels = Uint8Array.from({ length: classCount * perClass }, (_, index) => index % classCount)
  await blobs.put(`test/${name}/images`, new Uint8Array(labels.length))
  await blobs.put(`test/${name}/labels`, labels)
  return prisma.dataset.create({
    data: {
      name,
      imageHeight: 1,
      imageWidth: 1,
      imageChannels: 1,
      classNames: Array.from({ length: classCount }, (_, index) => `class ${index}`),
      hiddenCount: labels.length,
      hiddenImagesBlob: `test/${name}/images`,
      hiddenLabelsBlob: `test/${name}/labels`,
    },
  })
}

/** What an instructor sends to make a round. */
export function buildRoundInput(datasetId: string, overrides: object = {}) {
  return {
    slug: `round-${randomUUID()}`,
    title: 'Cup',
    description: '',
    datasetId,
    publicPercent: 30,
    timeZone: 'Asia/Tokyo',
    opensAt: '2026-01-01T00:00:00Z',
    closesAt: null,
    uploadMaxBytes: 1024 ** 2,
    visitorsMaySee: false,
    ...overrides,
  }
}

export async function seedRound(deps: Deps, overrides: Partial<Round> = {}): Promise<Round> {
  const datasetId = overrides.datasetId ?? (await seedDataset(deps)).id
  return deps.prisma.round.create({
    data: {
      slug: `round-${randomUUID()}`,
      title: 'Cup',
      splitSeed: 'seed',
      joinCode: randomUUID().toUpperCase(),
      opensAt: new Date('2026-01-01T00:00:00Z'),
      ...overrides,
      datasetId,
    },
  })
}

export async function signedInInstructor({ app, prisma }: Deps): Promise<TestClient> {
  const person = buildPerson()
  await createAccount(prisma, { ...person, role: 'INSTRUCTOR' })
  return signedIn(app, person)
}

/** A student who registered with the round's join code. */
export async function registeredStudent({ app }: Deps, round: Round, name = 'Yuki'): Promise<TestClient> {
  const client = new TestClient(app)
  const response = await client.post('/api/register', { ...buildPerson({ name }), joinCode: round.joinCode })
  if (response.statusCode !== 201) throw new Error(response.body)
  return client
}

async function signedIn(
  app: FastifyInstance,
  person: { email: string; password: string },
): Promise<TestClient> {
  const client = new TestClient(app)
  const { email, password } = person
  const response = await client.post('/api/auth/sign-in/email', { email, password })
  if (response.statusCode !== 204) throw new Error(response.body)
  return client
}

/** What tests say of a score; the rest is made up to fit. */
type Split = { correct: number; total: number; top5Correct: number } & Partial<SplitScore>

/** A score's columns, with as many correctness bits as there are images: the first `correct` of them are set. */
export function buildScore(input: Split): SplitScore {
  const { correct, total, top5Correct } = input
  return {
    crossEntropy: 1,
    crossEntropySd: 0,
    squaredError: 1,
    squaredErrorSd: 0,
    macroF1: 0,
    calibrationError: 0,
    calibrationBins: [],
    perClassCorrect: [correct],
    perClassTotal: [total],
    confusionMatrix: [correct],
    correctBits: firstBits(correct, total),
    top5Bits: firstBits(top5Correct, total),
    ...input,
  }
}

function firstBits(count: number, total: number): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(Math.ceil(total / 8))
  for (let at = 0; at < count; at++) bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7))
  return bits
}

export const inspection = {
  format: 'tfjs-layers',
  layers: [],
  parameters: 100,
  macs: null,
  inputShape: [1, 1, 1],
  classCount: 10,
  outputKind: 'logits',
} satisfies Inspection

/** A submission that was scored, as the worker would have left it. */
export async function insertScored(
  { prisma }: Deps,
  input: {
    round: Round
    entryId: string
    receivedAt?: Date
    parameters?: number
    public: Split
    private?: Split
  },
): Promise<string> {
  const { round, entryId, receivedAt = new Date('2026-11-23T09:00:00Z'), parameters = 100 } = input
  const submission = await prisma.submission.create({
    data: {
      roundId: round.id,
      entryId,
      preprocessing: { preset: 'unit', channelOrder: 'rgb', flatOrder: 'hwc' },
      status: 'SCORED',
      receivedAt,
      modelSha256: '0'.repeat(64),
      uploadBytes: 1,
      format: 'tfjs-layers',
      parameters,
      inspection,
      runs: {
        create: {
          datasetId: round.datasetId,
          status: 'SCORED',
          imagesTotal: 100,
          imagesDone: 100,
          finishedAt: receivedAt,
          engine: 'wasm',
          engineVersion: '1',
          scorerVersion: '1',
          splitId: 'split',
          scores: {
            create: [
              { split: 'PUBLIC', ...buildScore(input.public) },
              {
                split: 'PRIVATE',
                ...buildScore(input.private ?? { correct: 1, total: 70, top5Correct: 1 }),
              },
            ],
          },
        },
      },
    },
  })
  return submission.id
}
