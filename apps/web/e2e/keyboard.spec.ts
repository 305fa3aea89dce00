import type { Page } from '@playwright/test'
import { expect, openRound, registerStudent, test } from './fixtures.ts'
import { linearModel } from './generated-files.ts'

const focused = (page: Page) => page.locator(':focus')

/** Presses Tab until the focus is on what has this name, and says so if it never is. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab')
    const label = await focused(page).evaluate((element) =>
      element instanceof HTMLInputElement
        ? (element.labels?.[0]?.textContent ?? '')
        : (element.textContent ?? ''),
    )
    if (label.includes(name)) return
  }
  throw new Error(`Tab does not lead to ${name}`)
}

test('a model is submitted by keyboard alone, and each page begins at its heading', async ({
  page,
  teacher,
}) => {
  const { slug, title, joinCode } = await openRound(teacher, 'keyboard')
  await registerStudent(page.request, joinCode)
  await page.goto('/me')
  await expect(page.getByRole('heading', { level: 1, name: 'マイページ' })).toBeVisible()
  // Where a page is opened, the browser says where one begins.
  await expect(page.locator('body')).toBeFocused()

  await tabTo(page, '本文へ進む')
  await tabTo(page, 'ラウンド')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'ラウンド' })).toBeFocused()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'マイページ' })).toBeFocused()

  await page.goto(`/rounds/${slug}`)
  await tabTo(page, 'モデルを提出する')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'モデルを提出する' })).toBeFocused()
  await tabTo(page, 'ファイルを選ぶ')
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('Enter')
  await (await chooser).setFiles(linearModel(7))
  await expect(page.getByText('model.json').first()).toBeVisible()
  await tabTo(page, '0〜')
  await tabTo(page, 'ラベル')
  await page.keyboard.type('鍵盤だけ')
  await tabTo(page, 'この内容で提出する')
  await page.keyboard.press('Enter')
  await expect(page.getByText('70.00%').first()).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: '鍵盤だけ' })).toBeFocused()
  await expect(page.getByRole('link', { name: title })).toBeVisible()
})

test('a dialog keeps the focus within, and gives it back', async ({ openContext, teacher }) => {
  const { slug } = await openRound(teacher, 'dialog')
  const page = await (await openContext({ storageState: await teacher.storageState() })).newPage()
  await page.goto(`/admin/rounds/${slug}`)
  const button = page.getByRole('button', { name: '今すぐ終了する' })
  await button.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  for (let presses = 0; presses < 6; presses += 1) {
    await page.keyboard.press('Tab')
    await expect(dialog.locator(':focus')).toHaveCount(1)
  }
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(button).toBeFocused()

  // What is confirmed takes the button away: the focus goes on at the heading.
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: '今すぐ終了する' }).focus()
  await page.keyboard.press('Enter')
  await expect(button).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})
