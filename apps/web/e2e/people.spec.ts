import { expect, openRound, test } from './fixtures.ts'

test('a roster is checked and imported, and who is invited chooses a password and sees the round', async ({
  openContext,
  teacher,
}) => {
  const { slug, title } = await openRound(teacher, 'roster')
  const mark = Date.now()
  const roster = [
    '学籍番号,氏名,メール,チーム',
    `${mark}A,青木 葵,aoi-${mark}@example.com,同盟 ${mark}`,
    `${mark}B,,nameless-${mark}@example.com,`,
  ].join('\r\n')
  const desk = await (await openContext({ storageState: await teacher.storageState() })).newPage()
  await desk.goto('/admin/people')
  await desk.getByRole('link', { name: '名簿を取り込む' }).click()
  const chooser = desk.waitForEvent('filechooser')
  await desk.getByRole('button', { name: '名簿の CSV ファイル' }).click()
  await (await chooser).setFiles({ name: '名簿.csv', mimeType: 'text/csv', buffer: Buffer.from(roster) })
  await desk.getByRole('combobox', { name: '参加させるラウンド' }).click()
  await desk.getByRole('option', { name: title }).click()
  await desk.getByRole('button', { name: '内容を確かめる' }).click()
  const result = desk.getByRole('region', { name: '行ごとの結果' }).first()
  await expect(result).toContainText('まだ何も変わっていません。')
  await expect(result.getByRole('row', { name: /nameless/ })).toContainText('氏名がありません。')
  await expect(result.getByRole('row', { name: /青木 葵/ })).toContainText(`チーム「同盟 ${mark}」に入れる`)
  await desk.getByRole('button', { name: '1 人を取り込む' }).click()
  await expect(result).toContainText('取り込みました。')

  await result.getByRole('link', { name: '招待状を作る' }).click()
  await desk.getByRole('button', { name: '招待状を作る' }).click()
  // The same press once more does nothing, and to replace links that were made is asked about first.
  await expect(desk.getByRole('button', { name: '招待状を作る' })).toBeDisabled()
  await desk.getByRole('radio', { name: /^招待中の全員/ }).check()
  await desk.getByRole('button', { name: '全員の招待状を作り直す' }).click()
  await expect(desk.getByRole('dialog')).toContainText('使えなくなります。')
  await desk.keyboard.press('Escape')
  await expect(desk.getByRole('dialog')).toHaveCount(0)
  const card = desk.getByRole('listitem').filter({ hasText: '青木 葵' })
  await expect(card.getByRole('img', { name: /QR コード/ })).toBeVisible()
  const download = desk.waitForEvent('download')
  await desk.getByRole('button', { name: 'CSV で保存する' }).click()
  expect((await download).suggestedFilename()).toBe('invitations.csv')
  const link = (await card.locator('code').textContent()) ?? ''

  const student = await (await openContext()).newPage()
  await student.goto(link)
  await expect(student.getByLabel('名前')).toHaveValue('青木 葵')
  await student.getByLabel('パスワード').and(student.locator('input')).fill('student-password')
  await student.getByRole('button', { name: '決めてサインインする' }).click()
  await student.getByRole('link', { name: title }).click()
  await student.getByRole('link', { name: '概要' }).click()
  await expect(student.getByRole('region', { name: 'チーム' })).toContainText('青木 葵')
  await student.goto(link)
  await expect(student.getByRole('alert')).toContainText('このリンクは使えません。')

  await desk.goto('/admin/people')
  await desk.getByLabel('名前・メールアドレス・学籍番号で探す').fill(`${mark}A`)
  await expect(desk.getByRole('row')).toHaveCount(2) // The head and the one who was searched for.
  await desk.getByRole('link', { name: '青木 葵' }).click()
  await expect(desk.getByRole('heading', { name: '青木 葵', exact: true })).toBeVisible()
  await expect(desk.getByText('利用中')).toBeVisible()
  await desk.getByRole('button', { name: '学生の表示で見る' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '学生の表示で見る' }).click()
  const banner = desk.getByRole('region', { name: '学生の表示で見る' })
  await expect(banner).toContainText('青木 葵 さんの表示で見ています。')
  await desk.goto(`/rounds/${slug}/overview`)
  await expect(banner).toBeVisible()
  await expect(desk.getByRole('link', { name: '管理', exact: true })).toHaveCount(0)
  await desk.getByLabel('チーム名').fill('変えられない名前')
  await desk.getByRole('button', { name: '保存する' }).click()
  await expect(desk.getByRole('alert')).toContainText('学生の表示で見ている間は、何も変更できません。')
  await banner.getByRole('button', { name: '学生の表示を終わる' }).click()
  await expect(desk.getByRole('heading', { level: 1, name: '利用者' })).toBeVisible()
  await expect(banner).toHaveCount(0)

  await desk.getByRole('link', { name: '青木 葵' }).click()
  await desk.getByRole('button', { name: 'アカウントを停止する' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: 'アカウントを停止する' }).click()
  await expect(desk.getByText('停止中')).toBeVisible()
  // The page that was open all the time hears of it.
  await expect(student.getByRole('link', { name: 'サインイン' })).toBeVisible()
})
