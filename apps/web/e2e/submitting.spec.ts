import { chooseFiles, expect, openRound, registerStudent, test } from './fixtures.ts'
import { linearModel } from './generated-files.ts'

test('an upload that cannot be read is refused in words, and keeps what was chosen', async ({
  page,
  context,
  playwright,
  baseURL,
}) => {
  const instructorRequest = await playwright.request.newContext(baseURL === undefined ? {} : { baseURL })
  const { slug, joinCode } = await openRound(instructorRequest, 'bad-upload')
  await registerStudent(context, joinCode)
  await page.goto(`/rounds/${slug}/submit`)
  await chooseFiles(page, linearModel(7).slice(0, 1))
  await page.getByRole('button', { name: 'この内容で提出する' }).click()
  await expect(page.getByRole('alert')).toContainText('weights.bin')
  await expect(page.getByText('model.json', { exact: false }).first()).toBeVisible()
  await page.getByRole('link', { name: /ラウンド bad-upload/ }).click()
  await page.getByRole('link', { name: '提出履歴' }).click()
  await expect(page.getByText('提出はまだありません。')).toBeVisible()
})

test('the result is there after a reload', async ({ page, context, playwright, baseURL }) => {
  const instructorRequest = await playwright.request.newContext(baseURL === undefined ? {} : { baseURL })
  const { slug, joinCode } = await openRound(instructorRequest, 'reload')
  await registerStudent(context, joinCode)
  await page.goto(`/rounds/${slug}/submit`)
  await chooseFiles(page, linearModel(4))
  await page.getByRole('button', { name: 'この内容で提出する' }).click()
  await page.waitForURL(/\/submissions\//)
  await page.reload()
  await expect(page.getByText('40.00%').first()).toBeVisible()
  await expect(page.getByRole('heading', { name: '混同行列' })).toBeVisible()
})

test('a closed round says so, with the date', async ({ page, context, playwright, baseURL }) => {
  const instructorRequest = await playwright.request.newContext(baseURL === undefined ? {} : { baseURL })
  const { slug, joinCode } = await openRound(instructorRequest, 'closed')
  await registerStudent(context, joinCode)
  await page.goto(`/rounds/${slug}/submit`)
  await chooseFiles(page, linearModel(4))
  const closed = await instructorRequest.post(`/api/rounds/${slug}/close`)
  expect(closed.status()).toBe(200)
  const { closesAt }: { closesAt: string } = await closed.json()
  const day = new Intl.DateTimeFormat('ja', {
    month: 'short',
    day: 'numeric',
    timeZone: 'Asia/Tokyo',
  }).format(new Date(closesAt))
  await expect(page.getByText(/終了しました。提出は受け付けていません/)).toContainText(day)
  await expect(page.getByRole('button', { name: 'この内容で提出する' })).toHaveCount(0)
})
