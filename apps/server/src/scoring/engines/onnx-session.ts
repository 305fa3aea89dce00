import { availableParallelism } from 'node:os'
import { InferenceSession } from 'onnxruntime-node'
import { threadsVariable } from '../protocol.ts'

/** Batches of small images keep no more cores busy. */
const mostThreads = 4

/** A session on the processor over the bytes of an ONNX file, never a path: native code knows no permission model. */
export async function createSession(file: Uint8Array): Promise<InferenceSession> {
  return InferenceSession.create(file, {
    executionProviders: ['cpu'],
    intraOpNumThreads: Math.min(Number(process.env[threadsVariable] ?? availableParallelism()), mostThreads),
    // From one operator to the next threads spin for a moment: always asleep they cost a tenth of the speed on cores at rest, and
    // spinning without end a third on cores that others share (decision 033).
    extra: { session: { intra_op: { allow_spinning: '1', spin_duration_us: '200' } } },
    logSeverityLevel: 4,
  })
}
