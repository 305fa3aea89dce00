import { TaikaiError } from '@taikai/shared/errors'
import type { Inspection } from '@taikai/shared/model/inspection'
import type { ImageSpec, ModelFile } from '@taikai/shared/model/model-file'
import type { ChildLimits } from './child-limits.ts'
import { noEngine } from './protocol.ts'
import type { Sandbox } from './sandbox.ts'
import { runChild, unlessCrashed } from './score-in-child.ts'
import { type StartChild, startChild } from './start-child.ts'

/**
 * Inspects a model in a locked-down process of its own, so that the bytes of an upload are never parsed where they could stop
 * or bring down the server. Throws the TaikaiError with which the model is refused, MODEL_TOO_SLOW and OUT_OF_MEMORY for a file
 * that takes more than `limits` to read, ENGINE_CRASHED for one that brings the reader down twice, and SERVICE_UNAVAILABLE
 * where the machine is at fault.
 */
export async function inspectInChild(
  request: {
    files: readonly ModelFile[]
    spec: ImageSpec
    limits: ChildLimits
    sandbox: Sandbox
  },
  start: StartChild = startChild,
): Promise<{ inspection: Inspection }> {
  const run = {
    ...request,
    engine: noEngine,
    preprocessing: { preset: 'raw', channelOrder: 'rgb', flatOrder: 'hwc' },
    images: { count: 0 },
    training: null,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  } as const
  const outcome = await unlessCrashed(run.limits, (endAt) => runChild(run, null, start, endAt))
  if (outcome.kind === 'inspected') return { inspection: outcome.inspection }
  if (outcome.kind === 'rejected') throw new TaikaiError(outcome.code, outcome.params)
  throw new TaikaiError('SERVICE_UNAVAILABLE', outcome.kind === 'failed' ? outcome.params : {})
}
