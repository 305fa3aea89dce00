import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { probeSandbox, type Sandbox } from '../sandbox.ts'
import { type HostileCase, hostileSpec } from './hostile-case.ts'
import { soundLayersModel } from './layers-fixtures.ts'
import { hostileImages, runHostileCase, scoringChildren } from './run-hostile-case.ts'

/** What a case may take beyond what the sound model takes, in bytes. */
const memoryAllowance = 600e6
const silent = { info: () => undefined, warn: () => undefined }

/**
 * Declares the tests of a part of the corpus: each case ends as it must, cheaply (the limits of the run are low), its process is
 * gone, nothing is left on the disk, and this process, which stands for server and worker, goes on scoring.
 */
export function proveCorpus(title: string, cases: readonly HostileCase[]): void {
  describe(title, () => {
    const folder = mkdtempSync(join(tmpdir(), 'taikai-hostile-'))
    const imagesFile = join(folder, 'images')
    let sandbox: Sandbox
    let idlePeak = 0

    const scoreSound = async () => {
      const result = await runHostileCase({ files: soundLayersModel }, { sandbox, imagesFile })
      expect(result.ending).toBe('SCORED')
      return result
    }
    beforeAll(async () => {
      const size = hostileSpec.imageShape.reduce((product, length) => product * length, hostileImages)
      writeFileSync(
        imagesFile,
        Uint8Array.from({ length: size }, (_, at) => at % 256),
      )
      sandbox = await probeSandbox('best-effort', silent)
      idlePeak = (await scoreSound()).peakBytes
    })
    afterEach(() => {
      expect(scoringChildren()).toEqual([])
      expect(readdirSync(folder)).toEqual(['images'])
      if (sandbox.user !== null) expect(filesOf(sandbox.user.uid)).toEqual([])
    })
    afterAll(async () => {
      await scoreSound()
      rmSync(folder, { recursive: true })
    })

    it.each(cases)('$name', async (one) => {
      const { ending, peakBytes } = await runHostileCase(one, { sandbox, imagesFile })
      expect(one.endings).toContain(ending)
      // A model that is made to use all the memory of a run is held by the run's own limit.
      if (ending !== 'OUT_OF_MEMORY') expect(peakBytes).toBeLessThan(idlePeak + memoryAllowance)
    })
  })
}

/** What the user that a child becomes has left where anybody may write. */
function filesOf(uid: number): string[] {
  return readdirSync(tmpdir()).filter((name) => {
    const found = statSync(join(tmpdir(), name), { throwIfNoEntry: false })
    return found?.uid === uid
  })
}
