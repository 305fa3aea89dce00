import { readdirSync, readFileSync } from 'node:fs'

/** Process ids of scoring children of one process. */
export function scoringChildren(parent = process.pid): number[] {
  const threads = readdirSync(`/proc/${parent}/task`)
  const children = threads.flatMap((thread) =>
    readFileSync(`/proc/${parent}/task/${thread}/children`, 'utf8').trim().split(' '),
  )
  return children
    .filter((pid) => pid !== '')
    .map(Number)
    .filter((pid) => {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      // For a moment, while its walls hand over to each other, it has no name.
      return command.includes('scoring-child.js') || (command === '' && isRunning(pid))
    })
}

/** Whether a process still runs; one that only waits to be reaped by init does not. */
export function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false // the kernel has forgotten it
  }
}
