import { expect, openRound, registerStudent, submitModel, test } from './fixtures.ts'
import { linearModel } from './generated-files.ts'

test('final picks: two at most, kept, and locked after the close', async ({ page, teacher }) => {
  const { slug, joinCode } = await openRound(teacher, 'picks')
  await registerStudent(page.request, joinCode)
  for (const known of [4, 6, 7]) await submitModel(page.request, slug, linearModel(known), `CNN ${known}`)
  await page.goto(`/rounds/${slug}/submissions`)
  const pick = (label: string) => page.getByRole('switch', { name: `「${label}」を最終順位に使う` })
  await expect(
    page.getByText(/まだ選んでいません。このままだと、公開分の点数が良い順に 2 個が/),
  ).toBeVisible()
  await pick('CNN 4').check()
  await expect(page.getByText('あと 1 個選べます。')).toBeVisible()
  await expect(page.getByText(/選んでいない提出は、点数が良くても使われません。/)).toBeVisible()
  await pick('CNN 7').check()
  await expect(page.getByText(/^2 個選んであります。/)).toBeVisible()
  await expect(pick('CNN 6')).toBeDisabled()
  await page.reload()
  await expect(pick('CNN 4')).toBeChecked()
  await expect(pick('CNN 6')).not.toBeChecked()
  await pick('CNN 4').uncheck()
  await expect(pick('CNN 6')).toBeEnabled()

  const closed = await teacher.post(`/api/rounds/${slug}/close`)
  expect(closed.status()).toBe(200)
  await expect(page.getByText('締切を過ぎたため、もう変えられません。')).toBeVisible()
  await expect(page.getByRole('switch')).toHaveCount(0)
  await expect(page.getByRole('row', { name: /CNN 7/ })).toContainText('選択中')
})

test('a team sees its course, its best model, and how two of its models differ', async ({
  page,
  teacher,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'own-team')
  await registerStudent(page.request, joinCode, '隠れ層の住人')
  await submitModel(page.request, slug, linearModel(4), '1つ目のCNN')
  await submitModel(page.request, slug, linearModel(7), '改良したCNN')
  await page.goto(`/rounds/${slug}`)
  await page.getByRole('link', { name: '自分のチーム' }).click()
  await page.getByText('推移を表で見る').click()
  const course = page.getByRole('region', { name: '点数の推移' }).getByRole('row', { name: /隠れ層の住人/ })
  await expect(course.filter({ hasText: '40.00%' })).toHaveCount(1)
  await expect(course.filter({ hasText: '70.00%' })).toHaveCount(1)
  await expect(page.locator('.recharts-line-curve')).toHaveCount(1)
  await expect(page.getByRole('heading', { name: 'いちばん良い提出: 改良したCNN' })).toBeVisible()
  await expect(page.getByRole('heading', { name: '混同行列' })).toBeVisible()

  await page.getByRole('link', { name: '改良したCNN' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('link', { name: '採点の記録を保存する' }).click()
  expect((await saved).suggestedFilename()).toMatch(/^receipt-.*\.json$/)
  await page.getByRole('link', { name: '比べる' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('2つの提出の比較')
  // Of 50 public images, five of each class: classes 4, 5 and 6 are recognised by the better one only.
  await expect(page.getByRole('row', { name: /どちらも正解/ })).toContainText('20')
  await expect(page.getByRole('row', { name: /「改良したCNN」だけ正解/ })).toContainText('15')
  await expect(page.getByRole('row', { name: /どちらも不正解/ })).toContainText('15')
  // Fifteen of fifteen: 2 / 2^15.
  await expect(page.getByText(/偶然では起こりにくい差があります（McNemar の検定、p < 0.0001）/)).toBeVisible()
})
