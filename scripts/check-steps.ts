import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** How many checks a step made. */
export type Tally = { passed: number; failed: number }

export const root = fileURLToPath(new URL('..', import.meta.url))
const binaries = join(root, 'node_modules/.bin')

/** Runs a tool of the workspace, its output as it comes; resolves with whether it ended with 0. */
export async function runTool(
  tool: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<boolean> {
  const child = spawn(join(binaries, tool), args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  const [code] = await once(child, 'exit')
  return code === 0
}

/** A tool that says yes or no: one check. */
export async function runCheck(tool: string, args: readonly string[]): Promise<Tally> {
  return (await runTool(tool, args)) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

const vitestReport = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
})
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
})

/** Vitest over the whole workspace. What was skipped was not proved: it counts as failed. */
export function runVitest(): Promise<Tally> {
  return withReport(async (file) => {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const ok = await runTool('vitest', args)
    const report = vitestReport.parse(JSON.parse(readFileSync(file, 'utf8')))
    const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests
    return settle(ok && report.success, { passed: report.numPassedTests, failed })
  })
}

/** The browser's journeys against the service at `env.TAIKAI_E2E_URL`. Flaky and skipped count as failed. */
export function runPlaywright(env: NodeJS.ProcessEnv): Promise<Tally> {
  return withReport(async (file) => {
    const ok = await runTool('playwright', ['test'], { ...env, PLAYWRIGHT_JSON: file })
    const { stats } = playwrightReport.parse(JSON.parse(readFileSync(file, 'utf8')))
    return settle(ok, { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped })
  })
}

/** A runner that failed without a failed test (a file that does not load, say) has one failure at least. */
function settle(ok: boolean, { passed, failed }: Tally): Tally {
  return { passed, failed: ok ? failed : Math.max(1, failed) }
}

async function withReport(run: (file: string) => Promise<Tally>): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'taikai-report-'))
  try {
    return await run(join(folder, 'report.json'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
