import { chooseFiles, expect, openRound, registerStudent, test } from './fixtures.ts'
import { linearModel, slowModel } from './generated-files.ts'

const submit = 'この内容で提出する'

test('files that cannot be read are refused beside them before they are sent, and what else was filled in stays', async ({
  page,
  teacher,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'bad-upload')
  await registerStudent(page.request, joinCode)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/rounds/${slug}/submit`)
  await page.getByLabel('ラベル').fill('はじめての CNN')
  await chooseFiles(page, linearModel(7).slice(0, 1))
  const files = page.getByRole('region', { name: 'ファイル', exact: true })
  await expect(files.getByRole('alert')).toContainText('weights.bin')
  await expect(files.getByRole('alert')).toBeInViewport()
  await expect(files.getByRole('alert')).toContainText('MODEL_FILES_MISSING')
  await expect(files.locator('[data-done=true]')).toHaveCount(0)
  await expect(page.getByRole('button', { name: submit })).toBeDisabled()
  await expect(page.getByText('「ファイル」の欄に出ている理由を見て')).toBeVisible()
  await chooseFiles(page, linearModel(7).slice(1))
  await expect(files.getByRole('alert')).toHaveCount(0)
  await expect(files.locator('[data-done=true]')).toHaveCount(1)
  await expect(page.getByLabel('ラベル')).toHaveValue('はじめての CNN')
  await page.getByRole('button', { name: submit }).click()
  await expect(page.getByRole('heading', { name: '混同行列' })).toBeVisible()
})

test('what each refusal means can be read on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/guide/models')
  const row = page.getByRole('row', { name: /MODEL_FILES_MISSING/ })
  const todo = await row.getByText('すべてのファイルを一緒に提出してください').boundingBox()
  expect(todo?.width).toBeGreaterThan(150)
})

test('a file that is no part of the model is named beside the result', async ({ page, teacher }) => {
  const { slug, joinCode } = await openRound(teacher, 'readme')
  await registerStudent(page.request, joinCode)
  await page.goto(`/rounds/${slug}/submit`)
  const history = {
    name: 'history.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"loss":[2.3]}'),
  }
  await chooseFiles(page, [...linearModel(7), history])
  await page.getByRole('button', { name: submit }).click()
  const left = page.getByRole('alert').filter({ hasText: 'モデルと関係のないファイル' })
  await expect(left).toContainText('history.json')
  await page.getByRole('button', { name: 'Switch to English' }).click()
  await expect(page.getByText('history.json – they do not change the score.')).toBeVisible()
})

test('progress is seen half-way and survives a reload', async ({ page, teacher }) => {
  const { slug, joinCode } = await openRound(teacher, 'progress', 60)
  await registerStudent(page.request, joinCode)
  await page.goto(`/rounds/${slug}/submit`)
  await chooseFiles(page, slowModel())
  await page.getByRole('button', { name: submit }).click()
  const halfWay = page.getByText(/^テスト画像 \d+ \/ 600 枚$/)
  await expect(halfWay).toBeVisible()
  await page.reload()
  await expect(halfWay).toBeVisible()
  await expect(page.getByRole('progressbar', { name: '採点の進み具合' })).toBeVisible()
  await expect(page.getByText('10.00%').first()).toBeVisible()
  await expect(page.getByRole('heading', { name: '混同行列' })).toBeVisible()
})

test('a round that is closed while the form is open says so, with the date', async ({ page, teacher }) => {
  const { slug, joinCode } = await openRound(teacher, 'closed')
  await registerStudent(page.request, joinCode)
  await page.goto(`/rounds/${slug}/submit`)
  await chooseFiles(page, linearModel(4))
  const closed = await teacher.post(`/api/rounds/${slug}/close`)
  expect(closed.status()).toBe(200)
  const { closesAt }: { closesAt: string } = await closed.json()
  await expect(page.getByText(/終了しました。提出は受け付けていません/)).toContainText(dayOf(closesAt))
  await expect(page.getByRole('button', { name: submit })).toHaveCount(0)
})

test('a closed round is refused by the server where the page could not hear of it', async ({
  page,
  teacher,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'unheard')
  await registerStudent(page.request, joinCode)
  // A network that lets no stream of events through.
  await page.route('/api/events', (route) => route.fulfill({ status: 404 }))
  await page.goto(`/rounds/${slug}/submit`)
  await chooseFiles(page, linearModel(4))
  const closed = await teacher.post(`/api/rounds/${slug}/close`)
  expect(closed.status()).toBe(200)
  const { closesAt }: { closesAt: string } = await closed.json()
  await page.getByRole('button', { name: submit }).click()
  const alert = page.getByRole('alert')
  await expect(alert).toContainText(dayOf(closesAt))
  await expect(alert).toContainText('終了しました')
  await expect(page.getByRole('listitem').filter({ hasText: 'weights.bin' })).toBeVisible()
})

function dayOf(instant: string): string {
  return new Intl.DateTimeFormat('ja', { month: 'short', day: 'numeric', timeZone: 'Asia/Tokyo' }).format(
    new Date(instant),
  )
}
