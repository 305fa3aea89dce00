// node bench/scoring-engines.ts
// Images per second of engines as the scoring child runs them, against the same libraries with nothing around them, on three nets
// with random weights. Prints a table, and writes bench/results/scoring-engines.json.
import { writeFileSync } from 'node:fs'
import { engineTable } from '../apps/server/src/scoring/engines/measure/engine-table.ts'
import { measureEngines } from '../apps/server/src/scoring/engines/measure/measure-engines.ts'

const measured = await measureEngines((line) => void process.stderr.write(`${line}\n`))
const file = new URL('results/scoring-engines.json', import.meta.url)
writeFileSync(file, `${JSON.stringify(measured, null, 2)}\n`)
process.stdout.write(engineTable(measured))
