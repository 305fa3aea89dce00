import type { Page } from '@playwright/test'
import { chooseFiles, expect, openRound, registerStudent, submitModel, test } from './fixtures.ts'
import { linearModel } from './generated-files.ts'

const table = (page: Page) => page.getByRole('region', { name: /提出の一覧/ }).getByRole('table')
const firstLabels = (page: Page) => table(page).getByRole('rowheader').getByRole('link')

test('find submissions of all rounds, and act on several', async ({ page, teacher, openContext }) => {
  const { slug, title, joinCode } = await openRound(teacher, 'desk')
  await registerStudent(page.request, joinCode, '机上の空論')
  await submitModel(page.request, slug, linearModel(7), '幅 7')
  await submitModel(page.request, slug, linearModel(3), '幅 3')

  const admin = await (await openContext({ storageState: await teacher.storageState() })).newPage()
  await admin.goto('/admin')
  await admin.getByRole('link', { name: 'すべての提出' }).click()
  await admin.getByRole('combobox', { name: 'ラウンド', exact: true }).selectOption({ label: title })
  await expect(admin.getByText('2 件', { exact: true })).toBeVisible()
  await expect(table(admin)).toHaveAttribute('aria-rowcount', '3')
  await expect(firstLabels(admin)).toHaveText(['幅 3', '幅 7'])
  await table(admin).getByRole('button', { name: '公開分', exact: true }).click()
  await expect(firstLabels(admin)).toHaveText(['幅 7', '幅 3'])
  await admin.getByText('表示する列').click()
  await admin.getByLabel('計算エンジン', { exact: true }).and(admin.getByRole('checkbox')).uncheck()
  await admin.getByLabel('チーム名・ラベル').fill('幅 7')
  await expect(firstLabels(admin)).toHaveText(['幅 7'])

  // The address says it all.
  await admin.reload()
  await expect(admin.getByLabel('チーム名・ラベル')).toHaveValue('幅 7')
  await expect(firstLabels(admin)).toHaveText(['幅 7'])
  await expect(table(admin).getByRole('columnheader', { name: '公開分', exact: true })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
  await expect(table(admin).getByRole('columnheader', { name: '計算エンジン' })).toHaveCount(0)
  await admin.getByRole('button', { name: '絞り込みを解除する' }).click()
  await admin.getByRole('combobox', { name: 'ラウンド', exact: true }).selectOption({ label: title })
  await expect(firstLabels(admin)).toHaveText(['幅 7', '幅 3'])

  await admin.getByLabel('読み込み済みの行をすべて選ぶ').check()
  await expect(admin.getByText('2 件を選択中')).toBeVisible()
  await admin.getByRole('button', { name: '再採点する' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: '再採点する' }).click()
  await expect(admin.getByText('2 件を処理しました。')).toBeVisible()
  await expect(admin.getByText('0 件を選択中')).toBeVisible()
  await admin.getByLabel('「机上の空論 幅 3」を選ぶ').check()
  await admin.getByRole('button', { name: '採点をやり直す' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: '採点をやり直す' }).click()
  await expect(admin.getByText('この提出は、採点に失敗した状態ではありません。')).toBeVisible()

  await admin.goto(`/admin/rounds/${slug}/rescores`)
  await expect(admin.getByText('選んだ提出')).toBeVisible()
})

test('submit a baseline, make a team one, and find both in the audit log', async ({
  page,
  teacher,
  openContext,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'baseline')
  await registerStudent(page.request, joinCode, '机上の空論')
  const id = await submitModel(page.request, slug, linearModel(7), '幅 7')
  const admin = await (await openContext({ storageState: await teacher.storageState() })).newPage()
  await admin.goto(`/admin/rounds/${slug}`)
  await admin.getByRole('link', { name: 'ベースラインを提出する' }).click()
  await chooseFiles(admin, linearModel(5))
  await admin.getByLabel('ランキングでの名前').fill('線形モデル')
  await admin.getByRole('button', { name: 'ベースラインを提出する' }).click()
  await expect(admin.getByText('50 枚中 25 枚（上位5つまで', { exact: false })).toBeVisible()
  // Who scored it, and when.
  await expect(admin.getByText(/1 回目の試行/)).toBeVisible()
  await expect(admin.getByText(/^ワーカー \S+:\d+:/)).toBeVisible()

  await admin.goto(`/submissions/${id}`)
  await admin.getByRole('button', { name: '「机上の空論」をベースラインにする' }).click()
  await admin
    .getByRole('dialog')
    .getByRole('button', { name: /ベースラインにする/ })
    .click()
  await expect(admin.getByRole('button', { name: '「机上の空論」をチームに戻す' })).toBeVisible()

  await admin.goto('/admin/audit')
  await admin.getByLabel('操作', { exact: true }).selectOption({ label: 'チーム' })
  const event = admin.getByRole('row').filter({ hasText: 'ベースラインに変更' }).first()
  await expect(event).toContainText('担当の先生')
  await expect(event).toContainText('種類前チーム → 後ベースライン')
  await expect(event).toContainText('127.0.0.1')
  await admin.reload()
  await expect(admin.getByLabel('操作', { exact: true })).toHaveValue('entry.')
  await admin.getByLabel('操作', { exact: true }).selectOption({ label: 'ベースライン' })
  await expect(admin.getByRole('row').filter({ hasText: 'ベースラインを提出' }).first()).toContainText(
    '線形モデル',
  )
  const download = admin.waitForEvent('download')
  await admin.getByRole('link', { name: 'CSV で保存する' }).click()
  expect((await download).suggestedFilename()).toBe('audit.csv')
})
