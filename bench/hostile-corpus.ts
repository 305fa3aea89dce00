// node bench/hostile-corpus.ts [--cuts] > bench/results/hostile-corpus.md
// Takes every hostile model through inspection and scoring; exits with 1 when one does not end as it must.
import { printTable } from '../apps/server/src/scoring/hostile/print-table.ts'

const write = (line: string) => void process.stdout.write(`${line}\n`)
process.exitCode = (await printTable(write, process.argv.includes('--cuts'))) ? 0 : 1
