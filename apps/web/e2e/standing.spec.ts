import { expect, openRound, registerStudent, submitModel, test } from './fixtures.ts'
import { linearModel } from './generated-files.ts'

test('a score says where the team stands, how sure the model is, and what the words mean', async ({
  page,
  playwright,
  baseURL,
  teacher,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'standing')
  const rival = await playwright.request.newContext(baseURL === undefined ? {} : { baseURL })
  await registerStudent(rival, joinCode, 'ReLU坂46')
  await submitModel(rival, slug, linearModel(6), '')
  await rival.dispose()
  await registerStudent(page.request, joinCode, '畳み込み三兄弟')
  await submitModel(page.request, slug, linearModel(4), '4クラス')
  const id = await submitModel(page.request, slug, linearModel(8), '8クラス')

  // Five of each class are public: 30 of 50 right, then 20, then 40.
  await page.goto(`/submissions/${id}`)
  const rank = page.getByRole('region', { name: 'いまの順位', exact: true })
  await expect(rank).toContainText('1位')
  await expect(rank).toContainText('この提出で 2位から 1位に上がりました。')
  await expect(rank).toContainText('それまでの最高 40.00% より 40.00 ポイント良い点数です。')

  // What it does not know it calls class 0, with e / (e + 9) = 0.232; of what it knows it is sure. ECE: 10 / 50 × 0.232.
  const confidence = page.getByRole('region', { name: '自信と正解率', exact: true })
  await expect(confidence).toContainText('平均の自信は 84.6%、正解率は 80.0% です。')
  await expect(confidence).toContainText('= 0.0464')
  await confidence.getByText('数を表で見る', { exact: true }).click()
  await expect(confidence.getByRole('row', { name: '20.0–26.7% 10 23.2% 0.0%', exact: true })).toBeVisible()
  await expect(
    confidence.getByRole('row', { name: '93.3–100.0% 40 100.0% 100.0%', exact: true }),
  ).toBeVisible()

  const size = page.getByRole('region', { name: 'モデルの大きさと正解率', exact: true })
  await size.getByText('数を表で見る', { exact: true }).click()
  await expect(
    size.getByRole('row', { name: '畳み込み三兄弟 このチーム 30.7K 80.00%', exact: true }),
  ).toBeVisible()
  await expect(size.getByRole('row', { name: 'ReLU坂46 30.7K 60.00%', exact: true })).toBeVisible()

  await page.getByRole('link', { name: '交差エントロピー', exact: true }).click()
  await expect(page).toHaveURL(/\/guide\/glossary#cross-entropy$/)
  await expect(page.getByRole('link', { name: '交差エントロピー', exact: true })).toBeInViewport()
})
