import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'

const memory = '/dev/shm'
const roomNeeded = 4 * 1024 ** 3
const prefix = 'taikai-test-'

/**
 * Has this process, and all that it starts from now on, keep temporary files in a folder of their own. It lies in memory where
 * there is room: a database is three hundred files, and ext4 takes ten times as long to make them where as many were deleted in the
 * minutes before. The folder goes when this process ends; what a killed one left goes with the next.
 */
export function useTestFolder(): void {
  const base = isMemoryFit() ? memory : tmpdir()
  for (const name of readdirSync(base)) {
    if (name.startsWith(prefix) && !isAlive(Number(name.split('-')[2]))) removeWhereAllowed(join(base, name))
  }
  const folder = mkdtempSync(join(base, `${prefix}${process.pid}-`))
  chmodSync(folder, 0o755) // as root, PostgreSQL's account has to get in
  process.env.TMPDIR = folder
  process.on('exit', () => removeWhereAllowed(folder))
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => process.exit(128 + constants.signals[signal]))
}

/** Whether there is room, and programs may run there: containers often have less, and allow none. */
function isMemoryFit(): boolean {
  if (!existsSync(memory) || !existsSync('/proc/mounts')) return false
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n')
  const options = mounts.map((line) => line.split(' ')).find((fields) => fields[1] === memory)?.[3]
  const { bavail, bsize } = statfsSync(memory)
  return options !== undefined && !options.split(',').includes('noexec') && bavail * bsize >= roomNeeded
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** It may be another account's, or still written to by what ends after this process: then a later run takes it away. */
function removeWhereAllowed(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  } catch (error) {
    process.stderr.write(`${folder} stays for now: ${String(error)}\n`)
  }
}
