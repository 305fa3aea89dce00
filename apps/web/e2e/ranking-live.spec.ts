import type { Page } from '@playwright/test'
import { expectNoViolations } from './axe.ts'
import { expect, openRound, registerStudent, submitModel, test } from './fixtures.ts'
import { linearModel } from './generated-files.ts'

declare global {
  interface Window {
    /** How often a row began to glide. */
    glides: number
  }
}

/** Counts from now on how often rows of the page glide. */
async function countGlides(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.glides = 0
    const { animate } = HTMLTableRowElement.prototype
    HTMLTableRowElement.prototype.animate = function (...animation) {
      window.glides++
      return animate.apply(this, animation)
    }
  })
}
const glides = (page: Page) => page.evaluate(() => window.glides)

test('rows glide to their new places, and one’s own is at hand and found by name', async ({
  page,
  openContext,
  playwright,
  baseURL,
  teacher,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'live')
  const rival = await playwright.request.newContext(baseURL === undefined ? {} : { baseURL })
  await registerStudent(rival, joinCode, 'ReLU坂46')
  await registerStudent(page.request, joinCode, '畳み込み三兄弟')
  await submitModel(rival, slug, linearModel(6), '')
  await submitModel(page.request, slug, linearModel(5), '')
  const still = await (await openContext({ reducedMotion: 'reduce' })).newPage()
  for (const shown of [page, still]) {
    await shown.goto(`/rounds/${slug}`)
    await expect(shown.getByRole('rowheader')).toHaveText([/ReLU坂46/, /畳み込み三兄弟/])
    await expect(shown.getByText('ライブ', { exact: true })).toBeVisible()
    await countGlides(shown)
  }
  await submitModel(page.request, slug, linearModel(7), '')
  for (const shown of [page, still])
    await expect(shown.getByRole('rowheader')).toHaveText([/畳み込み三兄弟/, /ReLU坂46/])
  expect(await glides(page)).toBe(2)
  expect(await glides(still)).toBe(0)
  await rival.dispose()

  const own = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '畳み込み三兄弟' }) })
  const pinned = page.getByRole('region', { name: '畳み込み三兄弟 の順位', exact: true })
  await page.setViewportSize({ width: 390, height: 400 })
  await expect(own).not.toBeInViewport()
  await expect(pinned).toContainText('1畳み込み三兄弟70.00%')
  await expectNoViolations(page, 'the pinned row')
  await pinned.getByRole('button', { name: '自分の行へ' }).click()
  await expect(own).toBeInViewport()
  await expect(own).toBeFocused()
  await expect(pinned).toHaveCount(0)

  const search = page.getByRole('searchbox', { name: 'チーム名で探す' })
  await search.fill('ｒｅｌｕ')
  await expect(page.getByRole('rowheader')).toHaveText([/ReLU坂46/])
  // Its rank is that among all.
  await expect(page.getByRole('cell').first()).toHaveText(/^2/)
  await expect(page.getByRole('status').filter({ hasText: /^1件$/ })).toBeVisible()
  await expect(pinned).toBeVisible()
  await search.fill('誰でもない')
  await expect(page.getByText('見つかりません', { exact: true })).toBeVisible()
  await search.press('Escape')
  await expect(page.getByRole('rowheader')).toHaveCount(2)
  expect(await glides(page)).toBe(2)
})
