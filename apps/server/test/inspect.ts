import { createInspector, type InspectModel } from '../src/scoring/inspector.ts'
import { probeSandbox } from '../src/scoring/sandbox.ts'

let inspector: Promise<InspectModel> | null = null
const start = async () =>
  createInspector(await probeSandbox('best-effort', { info: () => undefined, warn: () => undefined }))

/** Inspects as the service does, in children. The walls are probed once for all files of a process: that takes four children. */
export const inspect: InspectModel = async (files, spec) => {
  inspector ??= start()
  return (await inspector)(files, spec)
}
