import { TaikaiError } from '@taikai/shared/errors'
import { inspectModel } from '@taikai/shared/model/inspect'
import { describe, expect, it } from 'vitest'
import { graphCuts } from './graph-cases.ts'
import { hdf5Cuts } from './hdf5-cases.ts'
import { type Ending, type HostileCase, hostileSpec } from './hostile-case.ts'
import { jsonCuts } from './json-cases.ts'
import { kerasCuts } from './keras-cases.ts'
import { onnxCuts } from './onnx-cases.ts'
import { zipCuts } from './zip-cases.ts'

/** Read here and not in a child: these are many, small, and about the readers alone. */
async function endingOf({ files }: HostileCase): Promise<Ending> {
  try {
    await inspectModel(files(), hostileSpec)
    return 'SCORED'
  } catch (error) {
    if (error instanceof TaikaiError) return error.code
    throw error
  }
}

describe('sound files that are cut short or written over', () => {
  it.each([...jsonCuts, ...zipCuts, ...hdf5Cuts, ...kerasCuts, ...onnxCuts, ...graphCuts])(
    '$name',
    async (one) => {
      expect(one.endings).toContain(await endingOf(one))
    },
  )
})
