import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import type { Config } from '../../config.ts'
import type { Entry, PrismaClient, Round } from '../../generated/prisma/client.ts'
import { uploadsFolder } from '../../http/upload-intake.ts'
import type { ScoringQueue } from '../../jobs/scoring-queue.ts'
import type { BlobStore } from '../../platform/blob-store.ts'
import type { InspectModel } from '../../scoring/inspector.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import { storeDataset } from '../datasets/datasets.service.ts'
import { createBaselineEntry } from '../entries/entries.service.ts'
import { createRound } from '../rounds/rounds.service.ts'
import { createSubmission, type StagedFile } from '../submissions/submissions.service.ts'
import {
  demoRoundMade,
  findFirstVersion,
  findIdleBaselines,
  isInstallationEmpty,
  lockDemo,
  wasDemoRoundMade,
} from './demo.repository.ts'
import { demoContent } from './demo-dataset.ts'
import { baselines, demoDatasetName, demoRound, demoSlug } from './demo-round.ts'

export type DemoDeps = {
  config: Pick<Config, 'dataDir'>
  prisma: PrismaClient
  blobs: BlobStore
  queue: ScoringQueue
  inspect: InspectModel
  now: () => Date
  logger: Logger
}

const systemActor: Actor = { id: null, ipAddress: null }
const baselinesFolder = new URL('../../../baselines/', import.meta.url)
const seedTimeoutMs = 120_000

/**
 * Gives an empty installation a live round without any download: the demo dataset, an open round and baselines, which the
 * worker scores like every submission. Does nothing where there is data already, and finishes what an earlier start began.
 * A failure is logged only: a server without its demo round is still a server.
 */
export async function seedDemo(deps: DemoDeps): Promise<void> {
  try {
    // The transaction does nothing but hold the lock; the work is done, and kept, step by step.
    await deps.prisma.$transaction(
      async (tx) => {
        await lockDemo(tx)
        await ensureDataset(deps)
        await ensureRound(deps)
        await submitBaselines(deps)
      },
      { timeout: seedTimeoutMs, maxWait: seedTimeoutMs },
    )
  } catch (error) {
    deps.logger.error({ err: error }, 'the demo round could not be made; it is tried again at the next start')
  }
}

async function ensureDataset(deps: DemoDeps): Promise<void> {
  if (!(await isInstallationEmpty(deps.prisma))) return
  await storeDataset(deps, { name: demoDatasetName, actor: systemActor, ...(await demoContent()) })
  deps.logger.info('demo dataset generated')
}

async function ensureRound({ prisma, now, logger }: DemoDeps): Promise<void> {
  const dataset = await findFirstVersion(prisma, demoDatasetName)
  if (dataset === null || (await wasDemoRoundMade(prisma))) return
  await prisma.$transaction(async (tx) => {
    const round = await createRound(tx, demoRound(dataset.id, now()), now())
    for (const { name } of baselines) await createBaselineEntry(tx, round.id, name)
    const subject = { subjectType: 'round', subjectId: demoSlug } as const
    await recordAudit(tx, { actor: systemActor, action: demoRoundMade, ...subject })
  })
  logger.info('demo round opened')
}

async function submitBaselines(deps: DemoDeps): Promise<void> {
  if (!(await wasDemoRoundMade(deps.prisma))) return
  for (const entry of await findIdleBaselines(deps.prisma, demoSlug)) await submitBaseline(deps, entry)
}

async function submitBaseline(deps: DemoDeps, entry: Entry & { round: Round }): Promise<void> {
  const baseline = baselines.find(({ name }) => name === entry.name)
  // A baseline that an instructor made by hand.
  if (baseline === undefined) return
  const preprocessing = { preset: 'signed', channelOrder: 'rgb', flatOrder: 'hwc' } as const
  // Where uploads lie: what a killed server leaves there is removed at the next start.
  const folder = join(uploadsFolder(deps.config.dataDir), randomUUID())
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    await createSubmission(deps, {
      round: entry.round,
      entryId: entry.id,
      submittedById: null,
      receivedAt: deps.now(),
      meta: { label: baseline.label, note: '', preprocessing },
      files: await stage(folder, baseline.folder),
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  deps.logger.info({ baseline: baseline.name }, 'demo baseline submitted')
}

/** Copies of the committed files, which a submission can take over. */
async function stage(folder: string, model: string): Promise<StagedFile[]> {
  const staged: StagedFile[] = []
  for (const name of ['model.json', 'weights.bin']) {
    const bytes = await readFile(fileURLToPath(new URL(`${model}/${name}`, baselinesFolder)))
    const path = join(folder, name)
    await writeFile(path, bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    staged.push({ name, path, bytes: bytes.length, sha256 })
  }
  return staged
}
