// Takes pictures (docs/screenshots) of every page, and those of the README, in a browser, with a demo round that teams have joined:
// `node scripts/screenshots.ts` after `npm start` or `npm test` has brought up the tool chain.
import { instructor } from '../apps/web/e2e/fixtures.ts'
import { buildWeb } from './build-web.ts'
import { runPlaywright } from './check-steps.ts'
import { startTestService } from './test-service.ts'

await buildWeb()
const service = await startTestService()
try {
  const token = new URL(service.setupUrl).searchParams.get('token')
  const setUp = await fetch(`${service.url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, ...instructor }),
  })
  if (!setUp.ok) throw new Error(await setUp.text())
  const { failed } = await runPlaywright({
    TAIKAI_E2E_URL: service.url,
    TAIKAI_SCREENSHOTS: 'true',
  })
  process.exitCode = failed === 0 ? 0 : 1
} finally {
  await service.stop()
}
