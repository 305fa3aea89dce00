import type { Inspection } from '@taikai/shared/model/inspection'
import type { ImageSpec, ModelFile } from '@taikai/shared/model/model-file'
import { inspectInChild } from './inspect-in-child.ts'
import { noEngine } from './protocol.ts'
import type { Sandbox } from './sandbox.ts'
import { type ChildPlan, type StartChild, startChild } from './start-child.ts'

/** Inspects one upload; throws as `inspectInChild` does. */
export type InspectModel = (
  files: readonly ModelFile[],
  spec: ImageSpec,
) => Promise<{ inspection: Inspection }>

/** Honest models take a second; a hostile one is stopped before its sender's connection is. */
const limits = { wallClockMs: 60_000, cpuSeconds: 20, fairCpuSeconds: 20, memoryBytes: 2e9 }
/** On the last evening many upload at once: the others wait, as each child may take memory. */
const atOnce = 2

/** What a spare child for the inspector is started with: for whatever comes. */
export const inspectionPlan = (sandbox: Sandbox): ChildPlan => ({
  engine: noEngine,
  hdf5: true,
  limits,
  sandbox,
})

/** Inspection in children, a few at a time, in the order in which uploads arrive. */
export function createInspector(sandbox: Sandbox, start: StartChild = startChild): InspectModel {
  const lanes = Array.from({ length: atOnce }, () => Promise.resolve())
  let next = 0
  return (files, spec) => {
    const lane = next++ % atOnce
    const inspection = (lanes[lane] ?? Promise.resolve()).then(() =>
      inspectInChild({ files, spec, sandbox, limits }, start),
    )
    // The lane goes on after a refusal as well.
    lanes[lane] = inspection.then(
      () => undefined,
      () => undefined,
    )
    return inspection
  }
}
