// Takes the README's pictures (docs/screenshots) of the real pages, in a browser, with a demo round that teams have joined:
// `node scripts/screenshots.ts` after `npm start` or `npm test` has brought up the tool chain.
import { buildWeb } from './build-web.ts'
import { runPlaywright } from './check-steps.ts'
import { startTestService } from './test-service.ts'

await buildWeb()
const service = await startTestService()
try {
  const { failed } = await runPlaywright({
    TAIKAI_E2E_URL: service.url,
    TAIKAI_E2E_SETUP_URL: service.setupUrl,
    TAIKAI_SCREENSHOTS: 'true',
  })
  process.exitCode = failed === 0 ? 0 : 1
} finally {
  await service.stop()
}
