import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { StartupError } from '../apps/server/src/platform/startup-error.ts'
import { root } from './check-steps.ts'
import { findSystemChromium } from './system-chromium.ts'

const isThere = () => findSystemChromium() !== undefined || existsSync(chromium.executablePath())

/** Makes sure of a browser: the system's, else apt's (as root), else Playwright's download. Throws StartupError without any. */
export function ensureChromium(): void {
  if (isThere()) return
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const install = 'apt-get install -y -qq --no-install-recommends'
    // Not every release has the shell alone.
    const script = `apt-get update -qq && (${install} chromium-headless-shell || ${install} chromium)`
    spawnSync('sh', ['-c', script], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
  if (!isThere())
    spawnSync(join(root, 'node_modules/.bin/playwright'), ['install', 'chromium'], { stdio: 'inherit' })
  if (!isThere()) {
    throw new StartupError(
      'ブラウザーのテストに必要な Chromium を用意できません。Chromium を入れてから、もう一度実行してください。',
      'Chromium, which the browser tests need, cannot be fetched. Install Chromium, then run this again.',
    )
  }
}
