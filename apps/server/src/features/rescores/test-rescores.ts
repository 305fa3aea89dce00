import type { TestApp } from '../../../test/build-test-app.ts'
import { buildScore } from '../../http/test-data.ts'
import type { WorkerEngines } from '../../jobs/engine-pins.repository.ts'
import { claimRun, finishScored } from '../../jobs/runs.repository.ts'
import { wasmOnly } from '../../jobs/test-fixtures.ts'

export const withTensorflow: WorkerEngines = {
  preferred: { layers: 'tensorflow', graph: 'tensorflow', onnx: 'onnxruntime' },
  runnable: ['tensorflow', 'wasm', 'onnxruntime'],
}

/** The rescore's run of a submission. */
export async function shadowRunOf({ prisma }: TestApp, submissionId: string) {
  return prisma.scoringRun.findFirstOrThrow({
    where: { submissionId, rescoreId: { not: null } },
    orderBy: { createdAt: 'desc' },
  })
}

/** Claims a run and stores its result, as a worker does; `correct` of 30 public images. Returns what it was scored with. */
export async function scoreAs(
  { prisma }: TestApp,
  runId: string,
  { correct, engines = wasmOnly }: { correct: number; engines?: WorkerEngines },
): Promise<string> {
  const run = await claimRun(prisma, { runId, engines })
  if (run === null) throw new Error(`run ${runId} can be claimed`)
  const result = {
    engine: run.engine,
    engineVersion: '1',
    scorerVersion: '1',
    splitId: 'split',
    imagesDone: run.imagesTotal,
  }
  await finishScored(prisma, run.claim, result, [
    { split: 'PUBLIC', ...buildScore({ correct, total: 30, top5Correct: 30 }) },
    { split: 'PRIVATE', ...buildScore({ correct: 1, total: 70, top5Correct: 1 }) },
  ])
  return run.engine
}
