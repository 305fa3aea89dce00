import { expect, openRound, registerStudent, submitModel, test } from './fixtures.ts'
import { cifarFile, linearModel } from './generated-files.ts'

test('rescore in the shadow, then make it live', async ({ page, teacher, openContext }) => {
  const { slug, joinCode } = await openRound(teacher, 'rescore')
  await registerStudent(page.request, joinCode, '隠れ層の住人')
  const id = await submitModel(page.request, slug, linearModel(7), 'CNN')
  // A second version of the dataset, with twice as many images.
  const { name, mimeType, buffer } = cifarFile('test_batch.bin', 20)
  const imported = await teacher.post('/api/datasets', {
    multipart: {
      meta: JSON.stringify({ name: slug, format: 'cifar10' }),
      hidden: { name, mimeType, buffer },
    },
  })
  expect(imported.ok(), await imported.text()).toBe(true)

  await page.goto(`/submissions/${id}`)
  await expect(page.getByText('50 枚中 35 枚（上位5つまで', { exact: false })).toBeVisible()

  const admin = await (await openContext({ storageState: await teacher.storageState() })).newPage()
  await admin.goto(`/admin/rounds/${slug}`)
  // The way is named once more beside the dataset, which only a rescore can change now.
  await admin.getByRole('link', { name: '再採点' }).first().click()
  await expect(admin.getByRole('heading', { level: 1, name: '再採点' })).toBeVisible()
  await admin.getByLabel('データセット').selectOption({ label: `${slug}（第 2 版）` })
  await admin.getByRole('button', { name: '再採点を始める' }).click()
  await expect(admin.getByText('1 件中 1 件が終わりました。')).toBeVisible({ timeout: 30_000 })
  await expect(admin.getByRole('row', { name: /CNN/ })).toContainText('35 / 50 → 70 / 100')
  await expect(admin.getByRole('row', { name: /CNN/ })).toContainText(
    'データセット, 公開分の画像の組, 正解数',
  )
  // 35 of 50 images, and 70 of 100: the same part of them.
  await expect(admin.getByRole('row', { name: /^隠れ層の住人 1 位/ })).toHaveText(
    /1 位 \(70\.00%\)1 位 \(70\.00%\)$/,
  )
  // Nothing of it is seen yet.
  await page.reload()
  await expect(page.getByText('50 枚中 35 枚', { exact: false }).first()).toBeVisible()
  await expect(page.getByText('再採点')).toHaveCount(0)

  await admin.getByRole('button', { name: '反映する' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: '反映する' }).click()
  await expect(admin.getByRole('heading', { name: '反映済み' })).toBeVisible()
  // The page that was open all the time.
  await expect(page.getByText('100 枚中 70 枚（上位5つまで', { exact: false })).toBeVisible()
  await expect(page.getByText(/この点数は、.*に再採点の結果へ置き換えられました。/)).toBeVisible()
})

test('disqualify with a reason, which the team sees, and take it back', async ({
  page,
  teacher,
  openContext,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'disqualify')
  await registerStudent(page.request, joinCode, '隠れ層の住人')
  const id = await submitModel(page.request, slug, linearModel(7), 'CNN')
  await page.goto(`/submissions/${id}`)
  const admin = await (await openContext({ storageState: await teacher.storageState() })).newPage()
  await admin.goto(`/submissions/${id}`)
  await admin.getByLabel('理由').fill('テスト画像で学習していました。')
  await admin.getByRole('button', { name: 'この提出を失格にする' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: 'この提出を失格にする' }).click()
  await expect(page.getByText('この提出は失格になりました。順位には使われません。')).toBeVisible()
  await expect(page.getByText('理由: テスト画像で学習していました。')).toBeVisible()
  await admin.getByRole('button', { name: 'この提出の失格を取り消す' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: 'この提出の失格を取り消す' }).click()
  await expect(page.getByText('この提出は失格になりました。順位には使われません。')).toHaveCount(0)
})
