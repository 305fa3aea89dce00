import { spawnSync } from 'node:child_process'
import { buildWeb } from './build-web.ts'
import { startTestService } from './test-service.ts'
await buildWeb()
const service = await startTestService()
try {
  const r = spawnSync('node_modules/.bin/playwright', ['test', '--reporter=list', '--timeout=120000', ...process.argv.slice(2)], { stdio: 'inherit', env: { ...process.env, TAIKAI_E2E_URL: service.url, TAIKAI_E2E_SETUP_URL: service.setupUrl } })
  process.exitCode = r.status ?? 1
} finally { await service.stop() }
process.exit()
