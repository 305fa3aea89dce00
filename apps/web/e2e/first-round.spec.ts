import { chooseFiles, expect, instructor, setupPath, test } from './fixtures.ts'
import { cifarFile, linearModel } from './generated-files.ts'

test('from the set-up link to a score on an open ranking', async ({ page, openContext }) => {
  await page.goto(setupPath())
  await page.getByLabel('名前').fill(instructor.name)
  await page.getByLabel('メールアドレス').fill(instructor.email)
  await page.getByLabel('パスワード').and(page.locator('input')).fill(instructor.password)
  await page.getByRole('button', { name: '登録して始める' }).click()
  await expect(page.getByRole('heading', { name: '概要' })).toBeVisible()

  await page.getByRole('navigation').getByRole('link', { name: 'データセット' }).click()
  await page.getByLabel('名前').fill('CIFAR 200')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: '採点用のファイル' }).click()
  await (await chooser).setFiles([cifarFile('test_batch.bin', 20)])
  await page.getByRole('button', { name: '取り込む' }).click()
  await expect(page.getByRole('heading', { name: 'CIFAR 200' })).toBeVisible()

  await page.getByRole('link', { name: '管理', exact: true }).click()
  await page.getByRole('link', { name: 'ラウンドを作る' }).click()
  await page.getByLabel('タイトル').fill('CIFAR-10 CNN 大会')
  await page.getByLabel('アドレス').fill('cnn')
  await page.getByRole('combobox', { name: 'データセット' }).click()
  await page.getByRole('option', { name: 'CIFAR 200' }).click()
  await page.getByRole('button', { name: 'ラウンドを作る' }).click()
  await page.getByRole('button', { name: '今すぐ開始する' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '今すぐ開始する' }).click()
  await expect(page.getByRole('main').getByRole('button', { name: '今すぐ終了する' })).toBeVisible()
  const link = await page.getByLabel('登録リンク').inputValue()
  // The journeys' address is of no use to other devices.
  await expect(page.getByRole('note')).toContainText('このコンピューターでしか開けません')

  await page.goto('/rounds/cnn')
  await expect(page.getByText('ライブ', { exact: true })).toBeVisible()
  await expect(page.getByText('まだ採点の終わった提出がありません。')).toBeVisible()

  const phone = await openContext({ viewport: { width: 390, height: 844 }, hasTouch: true })
  const student = await phone.newPage()
  await student.goto(link)
  await student.getByLabel('名前').fill('隠れ層の住人')
  await student.getByLabel('メールアドレス').fill('student@example.com')
  await student.getByLabel('パスワード').and(student.locator('input')).fill('student-password')
  await student.getByRole('button', { name: '登録して参加する' }).click()
  await expect(student.getByRole('link', { name: 'モデルを提出する' })).toBeVisible()
  await student.getByRole('button', { name: 'メニュー' }).click()
  await expect(student.getByRole('link', { name: 'マイページ' })).toBeVisible()
  await student.keyboard.press('Escape')
  await expect(student.getByRole('link', { name: 'マイページ' })).toBeHidden()
  await student.getByRole('link', { name: 'モデルを提出する' }).click()
  await chooseFiles(student, linearModel(7))
  await student.getByRole('radio', { name: '0〜1', exact: true }).check()
  await student.getByRole('button', { name: 'この内容で提出する' }).click()
  // Class 0 and six others are recognised: seven of ten, in every stratified part.
  await expect(student.getByText('70.00%').first()).toBeVisible()

  // The page that was open all the time, without a reload.
  const row = page.getByRole('row', { name: /隠れ層の住人/ })
  await expect(row).toContainText('70.00', { timeout: 2_000 })
})
