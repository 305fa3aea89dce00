import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { probeSandbox } from '../sandbox.ts'
import { graphCases, graphCuts } from './graph-cases.ts'
import { hdf5Cases, hdf5Cuts } from './hdf5-cases.ts'
import { type HostileCase, hostileSpec } from './hostile-case.ts'
import { jsonCases, jsonCuts } from './json-cases.ts'
import { kerasCases, kerasCuts } from './keras-cases.ts'
import { soundLayersModel } from './layers-fixtures.ts'
import { onnxCases, onnxCuts } from './onnx-cases.ts'
import { hostileImages, runHostileCase } from './run-hostile-case.ts'
import { topologyCases } from './topology-cases.ts'
import { weightsCases } from './weights-cases.ts'
import { zipCases, zipCuts } from './zip-cases.ts'

const made = [
  ...topologyCases,
  ...weightsCases,
  ...jsonCases,
  ...zipCases,
  ...hdf5Cases,
  ...kerasCases,
  ...onnxCases,
  ...graphCases,
]
const cuts = [...jsonCuts, ...zipCuts, ...hdf5Cuts, ...kerasCuts, ...onnxCuts, ...graphCuts]

/**
 * Prints one row per case: how it ended, the seconds that it took, and the largest memory of its process above that of a sound
 * model, in MB. `withCuts` takes in the files that are cut or written over. Resolves with whether all ended as they must.
 */
export async function printTable(write: (line: string) => void, withCuts: boolean): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'taikai-hostile-'))
  try {
    const imagesFile = join(folder, 'images')
    const size = hostileSpec.imageShape.reduce((product, length) => product * length, hostileImages)
    writeFileSync(imagesFile, new Uint8Array(size).fill(100))
    const sandbox = await probeSandbox('best-effort', { info: () => undefined, warn: () => undefined })
    const run = (one: Pick<HostileCase, 'files'>) => runHostileCase(one, { sandbox, imagesFile })
    const idle = await run({ files: soundLayersModel })
    write(`A sound model: ${idle.seconds.toFixed(1)} s, ${Math.round(idle.peakBytes / 1e6)} MB.\n`)
    write('| case | ending | s | MB above idle |')
    write('|---|---|---:|---:|')
    let asExpected = true
    for (const one of withCuts ? [...made, ...cuts] : made) {
      const { ending, seconds, peakBytes } = await run(one)
      const right = one.endings.includes(ending)
      asExpected &&= right
      const above = Math.max(0, Math.round((peakBytes - idle.peakBytes) / 1e6))
      const mark = right ? '' : ` (must be ${one.endings.join(' or ')})`
      write(`| ${one.name} | ${ending}${mark} | ${seconds.toFixed(1)} | ${above} |`)
    }
    return asExpected
  } finally {
    rmSync(folder, { recursive: true })
  }
}
