import { chooseFiles, expect, openRound, registerStudent, test } from './fixtures.ts'
import { linearModel, slowModel } from './generated-files.ts'

const submit = 'この内容で提出する'

test('an upload that cannot be read is refused in words, and keeps what was chosen', async ({
  page,
  teacher,
}) => {
  const { slug, title, joinCode } = await openRound(teacher, 'bad-upload')
  await registerStudent(page.request, joinCode)
  await page.goto(`/rounds/${slug}/submit`)
  await chooseFiles(page, linearModel(7).slice(0, 1))
  const before = page.getByRole('region', { name: '送る前の確認' })
  await expect(before.getByRole('alert')).toContainText('weights.bin')
  await page.getByLabel('ラベル').fill('はじめての CNN')
  await page.getByRole('button', { name: submit }).click()
  const refused = page.getByRole('region', { name: '提出', exact: true }).getByRole('alert')
  await expect(refused).toContainText('weights.bin')
  await expect(page.getByRole('listitem').filter({ hasText: 'model.json' })).toBeVisible()
  await expect(page.getByLabel('ラベル')).toHaveValue('はじめての CNN')
  await page.getByRole('link', { name: title }).click()
  await page.getByRole('link', { name: '提出履歴' }).click()
  await expect(page.getByText('提出はまだありません。')).toBeVisible()
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
