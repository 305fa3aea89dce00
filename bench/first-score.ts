// node bench/first-score.ts MODEL DATA
// The journey of a new student from the invitation to the first score (apps/web/e2e/first-score.spec.ts) in Chromium, with the real
// TF.js model in the folder MODEL on the 1,000 test images in DATA; 200 of the 4,000 training images there are for the preflight.
// Prints interactions and seconds, and writes bench/results/first-score.json.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { z } from 'zod'
import { buildWeb } from '../scripts/build-web.ts'
import { root } from '../scripts/check-steps.ts'
import { startTestService } from '../scripts/test-service.ts'
import { writeResults } from './results-file.ts'

const [model = '', data = ''] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'taikai-first-score-'))
const resultFile = join(folder, 'result.json')
await buildWeb()
const service = await startTestService()
try {
  const journey = spawn(
    join(root, 'node_modules/.bin/playwright'),
    ['test', '--reporter=list', 'first-score.spec.ts'],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        TAIKAI_E2E_URL: service.url,
        TAIKAI_E2E_SETUP_URL: service.setupUrl,
        TAIKAI_REAL_MODEL: resolve(model),
        TAIKAI_REAL_DATA: resolve(data),
        TAIKAI_FIRST_SCORE: resultFile,
      },
    },
  )
  const [code] = await once(journey, 'exit')
  if (code !== 0) throw new Error(`the journey failed with ${code}`)
  const measured = z
    .object({ interactions: z.number(), seconds: z.number() })
    .parse(JSON.parse(readFileSync(resultFile, 'utf8')))
  writeResults('first-score', [{ model: basename(model), ...measured }])
} finally {
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
}
