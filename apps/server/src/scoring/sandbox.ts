import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import type { ChildLimits } from './child-limits.ts'

/** What of the sandbox this machine gives. Probed once at worker start; shown to instructors. */
export type Sandbox = {
  /** Commands that lead to a process without a network, in front of the child's own; empty when there is none. */
  network: readonly string[]
  noNewPrivileges: boolean
  /** Limits on memory, processor time, core dumps and open files. */
  limits: boolean
  /** Who the child becomes; null when this process is not root, and so cannot change it. */
  user: { uid: number; gid: number } | null
  /** What is missing, in words for the log and the admin page. */
  missing: readonly string[]
}

/** Walls that are required are missing. */
export class SandboxError extends Error {
  readonly missing: readonly string[]

  constructor(missing: readonly string[]) {
    super(`this machine cannot wall a scoring child off: ${missing.join('; ')}`)
    this.missing = missing
  }
}

/** Anything with pino's shape; the command line passes one that stays silent. */
export type SandboxLogger = {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

/**
 * Finds out which walls can be put around a scoring child. With `require`, throws SandboxError when one is missing; with
 * `best-effort` it is logged and left out.
 */
export async function probeSandbox(mode: 'require' | 'best-effort', logger: SandboxLogger): Promise<Sandbox> {
  const isRoot = process.geteuid?.() === 0
  const unshare = isRoot ? ['unshare', '--net'] : ['unshare', '--net', '--map-root-user']
  const [network, noNewPrivileges, limits] = await Promise.all([
    succeeds([...unshare, 'true']),
    succeeds(['setpriv', '--no-new-privs', 'true']),
    succeeds(['prlimit', '--core=0', '--data=4000000000', 'true']),
  ])
  const user = isRoot ? await probeUser() : null
  const missing = [
    ...(network ? [] : ['network isolation (unshare)']),
    ...(noNewPrivileges ? [] : ['no-new-privileges (setpriv)']),
    ...(limits ? [] : ['limits on memory and processor time (prlimit)']),
    ...(isRoot && user === null ? ['a user of its own (setuid)'] : []),
  ]
  if (missing.length > 0 && mode === 'require') throw new SandboxError(missing)
  if (missing.length > 0) logger.warn({ missing }, 'scoring sandbox is not complete')
  else logger.info({ user }, 'scoring sandbox is complete')
  return { network: network ? unshare : [], noNewPrivileges, limits, user, missing }
}

/** The whole command line of a child: walls first, then node with its permission model. */
export function sandboxCommand(
  sandbox: Sandbox,
  limits: Pick<ChildLimits, 'cpuSeconds' | 'memoryBytes'>,
  node: readonly [string, ...string[]],
): [string, ...string[]] {
  const cpu = Math.max(1, Math.ceil(limits.cpuSeconds))
  const walls = [
    ...sandbox.network,
    ...(sandbox.noNewPrivileges ? ['setpriv', '--no-new-privs'] : []),
    // The hard limit lies above the soft one: SIGXCPU comes first and tells a slow model from a kill.
    ...(sandbox.limits
      ? ['prlimit', `--data=${limits.memoryBytes}`, `--cpu=${cpu}:${cpu + 5}`, '--core=0', '--nofile=64']
      : []),
  ]
  const [first, ...rest] = walls
  return first === undefined ? [...node] : [first, ...rest, ...node]
}

/** A numeric id that no account has: what it could own or signal is nothing. */
async function probeUser(): Promise<Sandbox['user']> {
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const taken = new Set(accounts.split('\n').map((line) => Number(line.split(':')[2])))
  for (let id = 61000; id < 61184; id++) {
    if (taken.has(id)) continue
    const code = `process.setgroups([]);process.setgid(${id});process.setuid(${id});process.exit(process.getuid()===${id}?0:1)`
    return (await succeeds([process.execPath, '-e', code])) ? { uid: id, gid: id } : null
  }
  return null
}

function succeeds([command = '', ...args]: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', timeout: 20_000, killSignal: 'SIGKILL' })
    child.once('error', () => resolve(false)) // not installed
    child.once('exit', (code) => resolve(code === 0))
  })
}
