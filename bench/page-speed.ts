// node bench/page-speed.ts
// How fast pages come up on a phone: builds them, starts a server on a real PostgreSQL with a round of 50 teams, and opens pages in
// Chromium with an empty cache on two networks and a processor slowed four times. Measures the Largest Contentful Paint, the
// Cumulative Layout Shift, and what went over the wire. Writes bench/results/page-speed.json. Fails where the ranking is over the
// aim on the faster network, or a page needs more JavaScript than allowed.
import { spawnSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { type Browser, type Cookie, chromium, type Page } from '@playwright/test'
import { z } from 'zod'
import { createAccount } from '../apps/server/src/features/accounts/accounts.service.ts'
import playwrightConfig from '../playwright.config.ts'
import { buildWeb } from '../scripts/build-web.ts'
import { root } from '../scripts/check-steps.ts'
import { startBenchService } from './bench-service.ts'
import { contest, fillContest } from './contest.ts'
import { writeResults } from './results-file.ts'

const times = 3
const aimMs = 1_500
const mostScriptKb = 200
const settleMs = 1_500
/** Lighthouse's figure for a mid-range phone, against the machine that this runs on. */
const cpuSlowdown = 4

/** Latency of each request in ms and throughput in kbit/s: `desktopDense4G` and `mobileSlow4G` of Lighthouse's constants. */
const networks = [
  { network: 'campus Wi-Fi or dense 4G', latency: 40, kbits: 10_240 },
  { network: 'slow 4G', latency: 150, kbits: 1_638 },
] as const
type Network = (typeof networks)[number]

// A phone has one; without it text is drawn as boxes of another width until the pages' own font comes, and all of it moves.
if (spawnSync('fc-list', [':lang=ja'], { encoding: 'utf8' }).stdout?.trim() === '')
  throw new Error('this machine has no Japanese font: install one, such as Debian’s fonts-noto-cjk')

const round = `/rounds/${contest.slug}`
/** What is seen once a page's own content is there. */
const pages = [
  { page: 'ranking', path: round, seen: 'tbody tr >> nth=40' },
  { page: 'home', path: '/', seen: 'main a[href*="/rounds/"]' },
  { page: 'submission', path: `/submissions/${contest.submission}`, seen: 'main table' },
  { page: 'submit', path: `${round}/submit`, seen: 'main form' },
  { page: 'guide', path: '/guide/models', seen: 'main h2' },
] as const

const paintsSchema = z.object({ lcp: z.number(), cls: z.number() })

/** In the page, which has another world of types: the last candidate of the Largest Contentful Paint in ms, and the sum of layout shifts. */
const observePaints = `
  const seen = { lcp: 0, cls: 0 }
  const observe = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true })
  observe('largest-contentful-paint', ({ startTime }) => { seen.lcp = startTime })
  observe('layout-shift', ({ value }) => { seen.cls += value })
  window.paints = () => seen
`

/** Slows a page down, and counts what it loads; gives a function that tells the counts, in bytes as they went over the wire. */
async function throttle(page: Page, { latency, kbits }: Network) {
  const session = await page.context().newCDPSession(page)
  const types = new Map<string, string>()
  const counts = { script: 0, font: 0, all: 0, requests: 0 }
  await session.send('Network.enable')
  session.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const type = types.get(requestId)
    counts.all += encodedDataLength
    counts.requests += 1
    if (type === 'Script') counts.script += encodedDataLength
    if (type === 'Font') counts.font += encodedDataLength
  })
  const bytesPerSecond = (kbits * 1000) / 8
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown })
  return counts
}

/** One visit with an empty cache. */
async function visit(browser: Browser, url: string, seen: string, cookies: Cookie[], network: Network) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    locale: 'ja-JP',
    // Elsewhere the script adds local times to the page, and moves what is below.
    timezoneId: 'Asia/Tokyo',
  })
  try {
    await context.addCookies(cookies)
    await context.addInitScript({ content: observePaints })
    const page = await context.newPage()
    page.setDefaultTimeout(120_000)
    const counts = await throttle(page, network)
    await page.goto(url)
    await page.locator(seen).first().waitFor()
    await page.evaluate('document.fonts.ready.then(() => undefined)')
    await page.waitForTimeout(settleMs)
    return { ...paintsSchema.parse(await page.evaluate('paints()')), ...counts }
  } finally {
    await context.close()
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

await buildWeb()
const { app, prisma, stop } = await startBenchService(join(root, 'apps/web/dist'), fillContest)
const browser = await chromium.launch(playwrightConfig.use?.launchOptions)
try {
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  const student = { name: '隠れ層の住人', email: 'student@example.com', password: 'student-password' }
  const user = await createAccount(prisma, { ...student, role: 'STUDENT' })
  const own = await prisma.submission.findUniqueOrThrow({ where: { id: contest.submission } })
  await prisma.entryMember.create({
    data: { entryId: own.entryId, roundId: own.roundId, userId: user.id },
  })
  const context = await browser.newContext()
  const { email, password } = student
  const signedIn = await context.request.post(`${origin}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { origin },
  })
  if (!signedIn.ok()) throw new Error(await signedIn.text())
  const cookies = await context.cookies()
  const rows = []
  for (const network of networks)
    for (const { page, path, seen } of pages) {
      const visits: Awaited<ReturnType<typeof visit>>[] = []
      while (visits.length < times) visits.push(await visit(browser, origin + path, seen, cookies, network))
      const kb = (of: (one: (typeof visits)[number]) => number) => Math.round(median(visits.map(of)) / 1000)
      rows.push({
        network: network.network,
        page,
        lcpMs: Math.round(median(visits.map(({ lcp }) => lcp))),
        cls: Number(median(visits.map(({ cls }) => cls)).toFixed(3)),
        scriptKb: kb(({ script }) => script),
        fontKb: kb(({ font }) => font),
        allKb: kb(({ all }) => all),
        requests: median(visits.map(({ requests }) => requests)),
        load: Number((loadavg()[0] ?? Number.NaN).toFixed(1)),
      })
      console.log(rows.at(-1))
    }
  writeResults('page-speed', rows)
  const late = rows.filter(
    ({ network, page, lcpMs, scriptKb }) =>
      page === 'ranking' && (scriptKb > mostScriptKb || (network === networks[0].network && lcpMs > aimMs)),
  )
  if (late.length > 0) throw new Error(`over the aim: ${JSON.stringify(late)}`)
} finally {
  await browser.close()
  await stop()
}
