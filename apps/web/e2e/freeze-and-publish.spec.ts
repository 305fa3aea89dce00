import type { APIRequestContext, Page } from '@playwright/test'
import { expect, openRound, registerStudent, submitModel, test } from './fixtures.ts'
import { halfModel, linearModel } from './generated-files.ts'

type Row = { name: string; rank: number; publicRank: number }

test('a ranking is frozen for students, published, and shows how the ranks moved', async ({
  page,
  openContext,
  playwright,
  baseURL,
  teacher,
}) => {
  test.setTimeout(120_000)
  const { slug, joinCode } = await openRound(teacher, 'freeze')
  const student = page.request
  await registerStudent(student, joinCode, '畳み込み三兄弟')
  const other = await playwright.request.newContext(baseURL === undefined ? {} : { baseURL })
  await registerStudent(other, joinCode, 'ReLU坂46')
  await submitModel(student, slug, linearModel(1), '')
  await submitModel(other, slug, linearModel(2), '')
  await page.goto(`/rounds/${slug}`)
  await expect(rowOf(page, 'ReLU坂46')).toContainText('20.00')
  await page.getByRole('button', { name: '点数の推移を見る' }).click()
  await page.getByText('推移を表で見る').click()
  const course = page.getByRole('region', { name: '点数の推移' })
  await expect(course.getByRole('row', { name: /ReLU坂46/ })).toContainText('20.00%')
  await expect(course.locator('.recharts-line-curve')).toHaveCount(2)

  const frozen = await teacher.patch(`/api/rounds/${slug}`, { data: { freezesAt: new Date().toISOString() } })
  expect(frozen.status(), await frozen.text()).toBe(200)
  await expect(page.getByText(/ランキングは .* で凍結中です/)).toBeVisible()
  const own = await submitModel(student, slug, halfModel('first'), '')
  await submitModel(other, slug, halfModel('last'), '')
  await page.reload()
  await expect(page.getByText('凍結中', { exact: true })).toBeVisible()
  await expect(rowOf(page, '畳み込み三兄弟')).toContainText('10.00')
  await expect(rowOf(page, 'ReLU坂46')).toContainText('20.00')

  const desk = await openContext({ storageState: await teacher.storageState() })
  const teacherPage = await desk.newPage()
  await teacherPage.goto(`/rounds/${slug}`)
  await expect(teacherPage.getByText(/参加者のランキングは .* で凍結中です/)).toBeVisible()
  await expect(rowOf(teacherPage, '畳み込み三兄弟')).not.toContainText('10.00')
  const score = await (await student.get(`/api/submissions/${own}`)).json()
  await expect(rowOf(teacherPage, '畳み込み三兄弟')).toContainText(`${score.score.correct} / 50 枚`)

  expect((await teacher.post(`/api/rounds/${slug}/close`)).status()).toBe(200)
  await teacherPage.goto(`/admin/rounds/${slug}`)
  await teacherPage.getByRole('button', { name: '結果を発表する' }).click()
  await teacherPage.getByRole('dialog').getByRole('button', { name: '結果を発表する' }).click()
  await expect(teacherPage.getByText('結果を発表しました')).toBeVisible()

  // The student's page was open all the time. Who led on the public images has fewer of the others right.
  await expect(page.getByText('発表済み（第1版）')).toBeVisible()
  for (const { name, rank, publicRank } of await finalRows(student, slug)) {
    expect(rank).toBe(3 - publicRank)
    await expect(rowOf(page, name)).toContainText(rank === 1 ? '↑1' : '↓1')
    await expect(rowOf(page, name)).toContainText(
      rank === 1 ? '公開分の順位から1つ上がりました' : '公開分の順位から1つ下がりました',
    )
  }
  await page.locator('label', { hasText: '公開分' }).click()
  await expect(page.getByRole('columnheader', { name: '変動' })).toHaveCount(0)
  await expect(rowOf(page, '畳み込み三兄弟')).toContainText(`${score.score.correct} / 50 枚`)
  await other.dispose()
})

/** By its head: other rows may name the team, too, as one from which they are not shown to differ. */
const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })

async function finalRows(request: APIRequestContext, slug: string): Promise<Row[]> {
  const response = await request.get(`/api/rounds/${slug}/leaderboard?view=final`)
  expect(response.status()).toBe(200)
  const { rows }: { rows: Row[] } = await response.json()
  expect(rows).toHaveLength(2)
  return rows
}
