import AxeBuilder from '@axe-core/playwright'
import type { BrowserContext, Page } from '@playwright/test'
import { expect, type OpenRound, openRound, registerStudent, submitModel, test } from './fixtures.ts'
import { linearModel, overflowingModel } from './generated-files.ts'

// A trace would keep a picture of every step; what axe found says enough.
test.use({ trace: 'off' })

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Visits each page, and lets axe see it in both languages and both themes. */
async function checkPages(context: BrowserContext, paths: readonly string[]): Promise<void> {
  const page = await context.newPage()
  for (const path of paths) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByText('読み込んでいます…')).toHaveCount(0)
    await expectNoViolations(page, `${path} in Japanese`)
    await page.getByRole('button', { name: 'Switch to English' }).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await expectNoViolations(page, `${path} in English`)
    await page.getByRole('button', { name: '日本語に切り替える' }).click()
  }
}

async function expectNoViolations(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    // No page has frames, which is what the slower mode is for.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(rules).analyze()
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    )
    expect.soft(found, `${what}, ${colorScheme}`).toEqual([])
  }
}

test.describe('axe finds nothing in either theme and language', () => {
  let round: OpenRound
  let closed: OpenRound
  let studentState: Awaited<ReturnType<BrowserContext['storageState']>>
  let scored: string
  let rejected: string

  test.describe.configure({ timeout: 180_000 })
  test.beforeAll(async ({ teacher, playwright, baseURL }) => {
    round = await openRound(teacher, 'axe')
    // Every rule that has words of its own, and an announcement.
    const rules = { submissionsPerDay: 2, submissionsTotal: 9, maxParameters: 1e6, requiredLayers: ['Dense'] }
    expect((await teacher.patch(`/api/rounds/${round.slug}`, { data: rules })).status()).toBe(200)
    const announced = await teacher.post(`/api/rounds/${round.slug}/announcements`, {
      data: { body: '# お知らせ\n\n[リンク](https://example.com)' },
    })
    expect(announced.status()).toBe(201)
    closed = await openRound(teacher, 'axe-closed')
    for (const action of ['freeze', 'close'])
      expect((await teacher.post(`/api/rounds/${closed.slug}/${action}`)).status()).toBe(200)
    const student = await playwright.request.newContext(baseURL === undefined ? {} : { baseURL })
    await registerStudent(student, round.joinCode)
    scored = await submitModel(student, round.slug, linearModel(6), 'CNN 3層')
    rejected = await submitModel(student, round.slug, overflowingModel(), '')
    studentState = await student.storageState()
    await student.dispose()
  })

  test('for visitors', async ({ context }) => {
    const register = `/register?code=${round.joinCode}`
    await checkPages(context, [
      '/',
      '/sign-in',
      '/register',
      register,
      '/setup?token=x',
      '/nowhere',
      '/me',
      '/guide/models',
    ])
  })

  test('around a round', async ({ openContext }) => {
    const student = await openContext({ storageState: studentState })
    const path = `/rounds/${round.slug}`
    await checkPages(student, ['/', path, `${path}/overview`, `${path}/submissions`, `${path}/submit`])
  })

  test('for a submission and an account', async ({ openContext }) => {
    const student = await openContext({ storageState: studentState })
    await checkPages(student, [`/submissions/${scored}`, `/submissions/${rejected}`, '/me'])
  })

  test('for instructors', async ({ openContext, teacher }) => {
    const context = await openContext({ storageState: await teacher.storageState() })
    await checkPages(context, [
      '/admin',
      '/admin/new',
      `/admin/rounds/${round.slug}`,
      `/admin/rounds/${closed.slug}`,
      '/admin/datasets',
    ])
  })
})
