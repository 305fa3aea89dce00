import { availableParallelism } from 'node:os'
import { InferenceSession } from 'onnxruntime-node'

/** Batches of small images keep no more cores busy. */
const mostThreads = 4

/** A session on the processor over the bytes of an ONNX file, never a path: native code knows no permission model. */
export async function createSession(file: Uint8Array): Promise<InferenceSession> {
  return InferenceSession.create(file, {
    executionProviders: ['cpu'],
    intraOpNumThreads: Math.min(availableParallelism(), mostThreads),
    // Threads that spin while they wait halve the speed on cores that other children share (measured on two cores, seven
    // convolutions on 32×32×3: 500 against 230 images/s); alone, sleeping ones cost under 5 %.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    logSeverityLevel: 4,
  })
}
