import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'

/** Prints the rows of a measurement as a table, and writes them with the machine to bench/results/NAME.json. */
export function writeResults(name: string, rows: readonly Record<string, string | number>[]): void {
  const [processor] = cpus()
  const machine = {
    processor: processor?.model ?? 'unknown',
    cores: cpus().length,
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    v8: process.versions.v8,
  }
  console.table(rows)
  const file = new URL(`results/${name}.json`, import.meta.url)
  const measuredAt = new Date().toISOString()
  writeFileSync(file, `${JSON.stringify({ measuredAt, machine, rows }, null, 2)}\n`)
}
