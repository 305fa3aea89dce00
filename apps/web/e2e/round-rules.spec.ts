import { chooseFiles, expect, openRound, registerStudent, submitModel, test } from './fixtures.ts'
import { linearModel } from './generated-files.ts'

const submit = 'この内容で提出する'

test('the quota of a day is shown, counts down, and is used up', async ({ page, teacher }) => {
  const { slug, joinCode } = await openRound(teacher, 'quota')
  const changed = await teacher.patch(`/api/rounds/${slug}`, { data: { submissionsPerDay: 2 } })
  expect(changed.status(), await changed.text()).toBe(200)
  await registerStudent(page.request, joinCode)
  await page.goto(`/rounds/${slug}/overview`)
  await expect(page.getByText('チームごとに1日 2 回まで')).toBeVisible()
  const left = page.getByRole('status', { name: '残りの提出回数' })
  await expect(left).toContainText('今日はあと 2 回（1日 2 回まで）')

  // Another page of the team submits: this one hears of it.
  await submitModel(page.request, slug, linearModel(3), '')
  await expect(left).toContainText('今日はあと 1 回')

  await page.goto(`/rounds/${slug}/submit`)
  await expect(left).toContainText('今日はあと 1 回')
  await submitModel(page.request, slug, linearModel(4), '')
  await expect(left).toContainText('今日はあと 0 回')
  await expect(left).toContainText(/次の枠は .*0:00.* に増えます/)
  await chooseFiles(page, linearModel(5))
  await expect(page.getByRole('button', { name: submit })).toBeDisabled()
  await expect(page.getByText('提出回数を使い切りました。')).toBeVisible()
})

test('a model that breaks a rule is refused in words, and the rules stand on the round’s page', async ({
  page,
  teacher,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'layers')
  const rules = { requiredLayers: ['LSTM', 'GRU'], maxParameters: 1000 }
  expect((await teacher.patch(`/api/rounds/${slug}`, { data: rules })).status()).toBe(200)
  await registerStudent(page.request, joinCode)
  await page.goto(`/rounds/${slug}/overview`)
  await expect(page.getByText('LSTM, GRU のうち1つ以上')).toBeVisible()
  await expect(page.getByText('パラメータは 1,000 個まで')).toBeVisible()
  await page.goto(`/rounds/${slug}/submit`)
  await chooseFiles(page, linearModel(4))
  await page.getByRole('button', { name: submit }).click()
  // Beside what the browser found, if it was done before the answer came.
  const refusal = page.getByRole('alert').filter({ hasText: '直して、もう一度提出できます。' })
  await expect(refusal).toContainText('LSTM, GRU')
})

test('an instructor freezes the ranking, thaws it, closes the round and opens it again', async ({
  openContext,
  teacher,
}) => {
  const { slug } = await openRound(teacher, 'freeze')
  const page = await (await openContext({ storageState: await teacher.storageState() })).newPage()
  await page.goto(`/admin/rounds/${slug}`)
  const press = async (name: string) => {
    await page.getByRole('main').getByRole('button', { name, exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
  }
  await press('ランキングを凍結する')
  await expect(page.getByText('開催中（ランキングは凍結）')).toBeVisible()
  await press('凍結を解く')
  await expect(page.getByText('開催中', { exact: true })).toBeVisible()
  await press('今すぐ終了する')
  await expect(page.getByText('終了', { exact: true })).toBeVisible()
  await press('再開する')
  await expect(page.getByText('開催中', { exact: true })).toBeVisible()
})

test('an announcement is a badge until it is read', async ({ page, openContext, teacher }) => {
  const { slug, joinCode } = await openRound(teacher, 'news')
  await registerStudent(page.request, joinCode)
  await page.goto(`/rounds/${slug}`)
  const badge = page.getByRole('img', { name: '未読のお知らせ 1 件' })
  await expect(page.getByRole('link', { name: '概要' })).toBeVisible()
  await expect(badge).toHaveCount(0)

  const editor = await (await openContext({ storageState: await teacher.storageState() })).newPage()
  await editor.goto(`/admin/rounds/${slug}`)
  await editor.getByLabel('本文（Markdown）').fill('**画像を2枚**直しました。')
  await editor.getByRole('button', { name: '知らせる' }).click()
  await expect(editor.getByRole('article')).toContainText('画像を2枚')

  // On the ranking, which was open all the time.
  await expect(badge).toBeVisible()
  await page.getByRole('link', { name: '概要' }).click()
  const announcement = page.getByRole('article')
  await expect(announcement.getByText('画像を2枚')).toBeVisible()
  await expect(announcement.getByText('新着')).toBeVisible()
  await expect(badge).toHaveCount(0)
  await page.reload()
  await expect(announcement.getByText('画像を2枚')).toBeVisible()
  await expect(announcement.getByText('新着')).toHaveCount(0)
})

test('a preset makes a round with its rules, and a clone of it', async ({ openContext, teacher }) => {
  await openRound(teacher, 'preset')
  const page = await (await openContext({ storageState: await teacher.storageState() })).newPage()
  const slug = `session5-${Date.now()}`
  await page.goto('/admin/new')
  await page.getByRole('button', { name: '第5回 CNN 大会（CIFAR-10）' }).click()
  await expect(page.getByLabel('タイトル')).toHaveValue('第5回 CNN 大会（CIFAR-10）')
  await expect(page.getByText('チームごとに1日 5 回まで')).toBeVisible()
  // What is wrong is gone to, however far up the page.
  await page.getByLabel('アドレス').fill('第5回')
  await page.getByRole('button', { name: 'ラウンドを作る' }).click()
  await expect(page.getByLabel('アドレス')).toBeFocused()
  await page.getByLabel('アドレス').fill(slug)
  await page.getByRole('button', { name: 'ラウンドを作る' }).click()
  await expect(page).toHaveURL(`/admin/rounds/${slug}`)
  await expect(page.getByText('下書き', { exact: true })).toBeVisible()
  await expect(page.getByLabel('全部の提出回数')).toHaveValue('50')

  await page.getByLabel('アドレス').last().fill(`${slug}-2`)
  await page.getByRole('button', { name: '複製を作る' }).click()
  await expect(page).toHaveURL(`/admin/rounds/${slug}-2`)
  await expect(page.getByLabel('全部の提出回数')).toHaveValue('50')
})

test('a viewer in New York sees a Tokyo round in both zones, over a daylight-saving change', async ({
  openContext,
  teacher,
}) => {
  const { slug } = await openRound(teacher, 'zones')
  // Midnight in Tokyo on 1 November, when New York is at UTC−4, and a minute before midnight on 2 November, at UTC−5.
  const dates = { opensAt: '2026-10-31T15:00:00Z', closesAt: '2026-11-02T14:59:00Z' }
  expect((await teacher.patch(`/api/rounds/${slug}`, { data: dates })).status()).toBe(200)
  const page = await (await openContext({ timezoneId: 'America/New_York' })).newPage()
  await page.goto(`/rounds/${slug}/overview`)
  const times = page.getByRole('region', { name: 'ルール' }).getByRole('time')
  await expect(times.first()).toHaveText(
    /^(2026年)?11月1日\(日\) 00:00 JST \(あなたの地域では (2026年)?10月31日\(土\) 11:00 GMT-4\)$/,
  )
  await expect(times.last()).toHaveText(
    /^(2026年)?11月2日\(月\) 23:59 JST \(あなたの地域では (2026年)?11月2日\(月\) 09:59 GMT-5\)$/,
  )
})
