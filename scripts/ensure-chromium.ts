import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { StartupError } from '../apps/server/src/platform/startup-error.ts'
import { runTool } from './check-steps.ts'
import { installWithApt } from './install-with-apt.ts'
import { findSystemChromium } from './system-chromium.ts'

const isThere = () => findSystemChromium() !== undefined || existsSync(chromium.executablePath())

/** Makes sure of a browser: the system's, else apt's (as root), else Playwright's download. Throws StartupError without any. */
export async function ensureChromium(): Promise<void> {
  if (isThere()) return
  await installWithApt('chromium-headless-shell', 'chromium') // not every release has the shell alone
  if (!isThere()) await runTool('playwright', ['install', 'chromium'])
  if (!isThere()) {
    throw new StartupError(
      'ブラウザーのテストに必要な Chromium を用意できません。Chromium を入れてから、もう一度実行してください。',
      'Chromium, which the browser tests need, cannot be fetched. Install Chromium, then run this again.',
    )
  }
}
