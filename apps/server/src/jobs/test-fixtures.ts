import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SubmissionMeta } from '@taikai/shared/wire/submission'
import { inspect } from '../../test/inspect.ts'
import { createSubmission, type StagedFile } from '../features/submissions/submissions.service.ts'
import type { PrismaClient, Round } from '../generated/prisma/client.ts'
import { inspection } from '../http/test-data.ts'
import type { BlobStore } from '../platform/blob-store.ts'
import type { InspectModel } from '../scoring/inspector.ts'
import type { WorkerEngines } from './engine-pins.repository.ts'
import type { ScoringQueue } from './scoring-queue.ts'
import type { TestFile } from './test-models.ts'
import { queueLiveRun } from './turns.repository.ts'

/** The engines of a worker without native ones. */
export const wasmOnly: WorkerEngines = {
  preferred: { layers: 'wasm', graph: 'wasm', onnx: null },
  runnable: ['wasm'],
}

type ImageSet = {
  height: number
  width: number
  channels: number
  classNames: string[]
  images: Uint8Array
  labels: Uint8Array
}

/** An open round on a dataset of its own. */
export async function seedRound(
  { prisma, blobs }: { prisma: PrismaClient; blobs: BlobStore },
  { height, width, channels, classNames, images, labels }: ImageSet,
): Promise<Round> {
  const name = randomUUID()
  await blobs.put(`test/${name}/images`, images)
  await blobs.put(`test/${name}/labels`, labels)
  return prisma.round.create({
    data: {
      slug: name,
      title: 'Test round',
      splitSeed: 'seed',
      publicPercent: 50,
      joinCode: name.toUpperCase(),
      opensAt: new Date(0),
      dataset: {
        create: {
          name,
          imageHeight: height,
          imageWidth: width,
          imageChannels: channels,
          classNames,
          hiddenCount: labels.length,
          hiddenImagesBlob: `test/${name}/images`,
          hiddenLabelsBlob: `test/${name}/labels`,
        },
      },
    },
  })
}

export async function seedEntry(prisma: PrismaClient, roundId: string, name: string): Promise<string> {
  const entry = await prisma.entry.create({ data: { roundId, name } })
  return entry.id
}

export const unitMeta: SubmissionMeta = {
  label: '',
  note: '',
  preprocessing: { preset: 'unit', channelOrder: 'rgb', flatOrder: 'hwc' },
}

/** Writes files where the intake would have put them. */
export async function stageFiles(dataDir: string, files: readonly TestFile[]): Promise<StagedFile[]> {
  const folder = await mkdtemp(join(dataDir, 'staged-'))
  return Promise.all(
    files.map(async ({ name, bytes }, position) => {
      const path = join(folder, String(position))
      await writeFile(path, bytes)
      return { name, path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
    }),
  )
}

const inspected = new Map<string, ReturnType<InspectModel>>()

/** Each model once: tests send the same one many times. */
const inspectOnce: InspectModel = (files, spec) => {
  const hash = createHash('sha256').update(JSON.stringify(spec))
  for (const { name, bytes } of files) hash.update(name).update(bytes)
  const key = hash.digest('hex')
  const inspecting = inspected.get(key) ?? inspect(files, spec)
  inspected.set(key, inspecting)
  return inspecting
}

/** Submits a model the way the route does, after its upload has arrived. Returns the submission's and the run's id. */
export async function submit(
  deps: { prisma: PrismaClient; blobs: BlobStore; queue: ScoringQueue; dataDir: string },
  { round, entryId, model }: { round: Round; entryId: string; model: readonly TestFile[] },
): Promise<{ id: string; runId: string }> {
  const files = await stageFiles(deps.dataDir, model)
  const input = { round, entryId, submittedById: null, receivedAt: new Date(), meta: unitMeta, files }
  const { id } = await createSubmission({ ...deps, inspect: inspectOnce }, input)
  const run = await deps.prisma.scoringRun.findFirstOrThrow({ where: { submissionId: id } })
  return { id, runId: run.id }
}

/**
 * Rows of a queued submission without files, for tests that do not score it. `macs`: for one image, unknown when left out. Returns
 * the submission's and the run's id.
 */
export async function insertQueuedRun(
  prisma: PrismaClient,
  round: Round,
  entryId: string,
  macs: number | null = null,
): Promise<{ id: string; runId: string }> {
  const submission = await prisma.submission.create({
    data: {
      roundId: round.id,
      entryId,
      preprocessing: unitMeta.preprocessing,
      receivedAt: new Date(),
      modelSha256: '0'.repeat(64),
      uploadBytes: 1,
      format: 'tfjs-layers',
      parameters: 15,
      macs,
      inspection,
    },
  })
  return { id: submission.id, runId: await queueLiveRun(prisma, submission.id) }
}
