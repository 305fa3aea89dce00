import { expectNoViolations } from './axe.ts'
import { expect, openRound, registerStudent, submitModel, test } from './fixtures.ts'
import { linearModel } from './generated-files.ts'

test('the ranking on the screen of the lab follows by itself, with a code that leads there', async ({
  page,
  openContext,
  teacher,
}) => {
  const { slug, title, joinCode } = await openRound(teacher, 'screen')
  await registerStudent(page.request, joinCode, '畳み込み三兄弟')
  const desk = await openContext({
    storageState: await teacher.storageState(),
    viewport: { width: 1920, height: 1080 },
  })
  const screen = await desk.newPage()
  await screen.goto(`/rounds/${slug}`)
  await screen.getByRole('link', { name: 'スクリーン表示' }).click()
  await expect(screen.getByRole('heading', { level: 1 })).toHaveText(title)
  await expect(screen.getByRole('navigation')).toHaveCount(0)
  await expect(screen.getByRole('note')).toContainText('このコンピューターでしか開けません')
  // Who follows the address on the screen can register for the round.
  const address = await screen.getByText(`code=${joinCode}`).textContent()
  const phone = await (await openContext()).newPage()
  await phone.goto(`http://${address}`)
  await expect(phone.getByText(`「${title}」に参加します。`)).toBeVisible()
  await expect(phone.getByRole('button', { name: '登録して参加する' })).toBeVisible()
  await submitModel(page.request, slug, linearModel(6), '')
  await expect(screen.getByRole('row', { name: /畳み込み三兄弟/ })).toContainText('60.00%')
  await expectNoViolations(screen, 'the screen')
  await screen.getByRole('link', { name: 'ランキングのページへ戻る' }).click()
  await expect(screen.getByRole('navigation', { name: 'メニュー' })).toBeVisible()
  // Home shows who leads, and the next step.
  await page.goto('/')
  const card = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: title }) })
  await expect(card.getByRole('list', { name: 'いまの上位' })).toContainText('畳み込み三兄弟60.00%')
  await expect(card.getByRole('link', { name: 'モデルを提出する' })).toBeVisible()
})
