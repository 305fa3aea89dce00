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
