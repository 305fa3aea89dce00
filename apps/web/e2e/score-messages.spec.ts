import { expect, openRound, registerStudent, sendModel, test } from './fixtures.ts'
import { linearModel, overflowingModel } from './generated-files.ts'

test('whoever waits for a score is told on any page, in one tab, with a link', async ({
  context,
  teacher,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'told')
  await registerStudent(context.request, joinCode)
  const pages = [await context.newPage(), await context.newPage()]
  const [first, second] = pages
  if (first === undefined || second === undefined) throw new Error('two pages were opened')
  await first.goto('/guide/models')
  await second.goto(`/rounds/${slug}`)
  for (const page of pages) await expect(page.getByRole('link', { name: 'マイページ' })).toBeVisible()
  await expect(second.getByText('ライブ', { exact: true })).toBeVisible()

  // Sent from elsewhere, as by a script or from a phone.
  await sendModel(context.request, slug, linearModel(7), '七クラス')
  const messages = () =>
    Promise.all(pages.map((page) => page.getByRole('link', { name: '結果を見る' }).count()))
  await expect.poll(async () => (await messages()).reduce((sum, each) => sum + each)).toBe(1)
  // The other tab has heard of the end as well, and says nothing.
  await expect(second.getByRole('row', { name: /隠れ層の住人/ })).toContainText('70.00')
  const counts = await messages()
  expect(counts.toSorted()).toEqual([0, 1])
  const told = counts[0] === 1 ? first : second
  await expect(
    told.getByRole('status').filter({ hasText: '採点が終わりました: 七クラス 正解率 70.00%' }),
  ).toHaveCount(1)
  await told.getByRole('link', { name: '結果を見る' }).click()
  await expect(told.getByRole('heading', { level: 1, name: '七クラス' })).toBeVisible()

  await sendModel(context.request, slug, overflowingModel(), '発散')
  await expect
    .poll(async () =>
      (await Promise.all(pages.map((page) => page.getByText('採点できませんでした: 発散').count()))).some(
        (each) => each > 0,
      ),
    )
    .toBe(true)
})

test('a page that is not looked at tells by a notification of the browser', async ({
  context,
  page,
  teacher,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'notified')
  await registerStudent(context.request, joinCode)
  // A headless browser shows no notifications: what would be shown is kept.
  await page.addInitScript(() => {
    const shown: string[] = []
    class Kept extends EventTarget {
      static permission = 'granted'
      constructor(title: string, { body }: { body: string }) {
        super()
        shown.push(`${title} ${body}`)
      }
    }
    Object.defineProperties(window, { shown: { value: shown }, Notification: { value: Kept } })
  })
  await page.clock.install()
  await page.goto(`/rounds/${slug}`)
  await expect(page.getByText('ライブ', { exact: true })).toBeVisible()

  // They are scored one after the other: the last still waits when the page is left.
  for (const known of [3, 4, 5, 6]) await sendModel(context.request, slug, linearModel(known), `${known} 種`)
  const last = await sendModel(context.request, slug, linearModel(7), '裏のタブ')
  await expect.poll(() => page.evaluate(() => localStorage.getItem('taikai-waiting'))).toContain(last)
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await expect
    .poll(async () => {
      await page.clock.fastForward(20_000)
      return page.evaluate(() => Reflect.get(window, 'shown'))
    })
    .toContain('採点が終わりました: 裏のタブ 正解率 70.00%')
})
