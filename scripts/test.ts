// What `npm test` runs: format and lint, types, unused code, unit and API tests, and the browser's journeys through the real
// service. Its last line counts the checks of all of them. `--no-browser` (`npm run check`) leaves the journeys out.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runEntry } from '../apps/server/src/platform/startup-failure.ts'
import { buildWeb } from './build-web.ts'
import { root, runCheck, runPlaywright, runVitest, type Tally } from './check-steps.ts'
import { ensureChromium } from './ensure-chromium.ts'
import { ensureRedis } from './ensure-redis.ts'
import { useTestFolder } from './test-folder.ts'
import { startTestService } from './test-service.ts'

const withBrowser = !process.argv.includes('--no-browser')
const total: Tally = { passed: 0, failed: 0 }
const projects = ['apps/server', 'apps/web', 'apps/web/e2e', 'packages/shared'].filter((each) =>
  existsSync(join(root, each, 'tsconfig.json')),
)

/** Runs a step; one that throws is one failed check, and the next step runs all the same. */
async function step(name: string, run: () => Promise<Tally>, mend: string): Promise<void> {
  const startedAt = performance.now()
  let tally: Tally
  try {
    tally = await run()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    tally = { passed: 0, failed: 1 }
  }
  total.passed += tally.passed
  total.failed += tally.failed
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  process.stdout.write(`> ${name}: ${tally.failed === 0 ? 'ok' : `FAILED. ${mend}`} (${seconds} s)\n`)
}

async function journeys(): Promise<Tally> {
  await buildWeb()
  const service = await startTestService()
  try {
    return await runPlaywright({ TAIKAI_E2E_URL: service.url, TAIKAI_E2E_SETUP_URL: service.setupUrl })
  } finally {
    await service.stop()
  }
}

await runEntry(async () => {
  useTestFolder()
  // Fetched one after the other while what needs neither is checked; a failure is told where the tool is needed.
  const redis = ensureRedis()
  const chromium = redis.then(() => (withBrowser ? ensureChromium() : undefined))
  for (const tool of [redis, chromium]) tool.catch(() => undefined)
  await step(
    'format and lint',
    () => runCheck('biome', ['check', '--error-on-warnings', '.']),
    'Mend with: npm run format',
  )
  for (const project of projects) {
    await step(`types of ${project}`, () => runCheck('tsc', ['-p', project]), 'See the lines above.')
  }
  await step('unused code', () => runCheck('knip', []), 'Remove what is listed above.')
  await redis
  await step('unit and API tests', runVitest, 'See the failures above; one file: pnpm exec vitest run FILE')
  await chromium
  if (withBrowser) await step('browser journeys', journeys, 'See the traces in test-results/.')
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`)
  process.exit(total.failed === 0 ? 0 : 1)
})
