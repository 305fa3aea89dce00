import { existsSync } from 'node:fs'

/**
 * Where the system keeps its Chromium. The headless shell first, which Playwright's own download is too: a window that nobody sees
 * costs the browser's whole surface, more processor time than the pages in it.
 */
const paths = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** The system's Chromium; undefined without one. */
export const findSystemChromium = () => paths.find((path) => existsSync(path))
