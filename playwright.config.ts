import { defineConfig } from '@playwright/test'
import { findSystemChromium } from './scripts/system-chromium.ts'

const systemChromium = findSystemChromium()
/** What a closed network needs, and root, whom Chromium's own sandbox refuses. */
const args = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  // In pictures, the browser's own date fields speak the page's language, as a viewer's browser does.
  ...(process.env.TAIKAI_SCREENSHOTS === undefined
    ? []
    : ['--enable-blink-features=LangAttributeAwareFormControlUI']),
]

// scripts/test.ts starts the service and says where it is and how to set it up; see apps/web/e2e.
export default defineConfig({
  testDir: 'apps/web/e2e',
  projects:
    process.env.TAIKAI_SCREENSHOTS === undefined
      ? [
          // The set-up link is good once: the first round begins with it, and all that follows uses the account it made.
          { name: 'first round', testMatch: 'first-round.spec.ts' },
          // What counts all that is scored has the service to itself.
          { name: 'overview', testMatch: 'overview.spec.ts', dependencies: ['first round'] },
          {
            name: 'journeys',
            testIgnore: ['first-round.spec.ts', 'overview.spec.ts'],
            dependencies: ['overview'],
          },
        ]
      : [{ name: 'screenshots', testMatch: '*.screenshots.ts' }],
  // Pictures for the README change the demo round, which those of every page show as it was.
  workers: process.env.TAIKAI_SCREENSHOTS === undefined ? 2 : 1,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.PLAYWRIGHT_JSON ?? 'test-results/playwright.json' }],
  ],
  use: {
    baseURL: process.env.TAIKAI_E2E_URL ?? 'http://localhost:3000',
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    // The page's elements at each step are enough to see what went wrong; pictures of them take a core.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: { args, ...(systemChromium !== undefined && { executablePath: systemChromium }) },
  },
})
