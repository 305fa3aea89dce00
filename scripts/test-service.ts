import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './check-steps.ts'

export type TestService = {
  url: string
  /** Where the first instructor sets up an account; good once. */
  setupUrl: string
  stop(): Promise<void>
}

const startWithinMs = 120_000
/** What would have the service use another installation's data. */
const elsewhere = /^(DATABASE_URL|REDIS_URL|PUBLIC_URL|S3_\w+)$/

/** Starts what `npm start` starts, on a free port and with an empty data folder, and waits until it answers. */
export async function startTestService(): Promise<TestService> {
  const dataDir = mkdtempSync(join(tmpdir(), 'taikai-e2e-'))
  chmodSync(dataDir, 0o755) // as root, PostgreSQL's account has to get in
  const env = Object.entries(process.env).filter(([name]) => !elsewhere.test(name))
  const child = spawn(process.execPath, [join(root, 'scripts/start.ts')], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      ...Object.fromEntries(env),
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      SCORING_ENGINE: 'wasm',
    },
  })
  const stop = async () => {
    if (child.exitCode === null) {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    }
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    const setupUrl = await findSetupUrl(child)
    return { url: new URL(setupUrl).origin, setupUrl, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function findSetupUrl(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    const timer = setTimeout(() => failed(new Error('the service did not come up')), startWithinMs)
    child.once('exit', (code) => failed(new Error(`the service ended with ${code}`)))
    if (child.stdout === null) return failed(new Error('the service has no output'))
    createInterface({ input: child.stdout }).on('line', (line) => {
      process.stdout.write(`${line}\n`)
      const url = /https?:\/\/\S+\/setup\?token=\S+/.exec(line)?.[0]
      if (url === undefined) return
      clearTimeout(timer)
      found(url)
    })
  })
}
