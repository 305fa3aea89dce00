import type { Page } from '@playwright/test'
import { expectNoViolations } from './axe.ts'
import { expect, openRound, registerStudent, test } from './fixtures.ts'
import { type FilePayload, imageFolderZip, npzFile } from './generated-files.ts'

// A trace would keep a picture of every step of axe.
test.use({ trace: 'off' })

async function fillImport(page: Page, name: string, format: string, file: FilePayload): Promise<void> {
  await page.getByRole('textbox', { name: '名前', exact: true }).fill(name)
  await page.getByRole('combobox', { name: '形式' }).click()
  await page.getByRole('option', { name: format }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: '採点用のファイル' }).click()
  await (await chooser).setFiles([file])
}

const datasetPanel = (page: Page, name: string) => page.getByRole('region', { name: `${name}（第 1 版）` })

test('an instructor imports a zip of image folders, looks at it, and students get a sample', async ({
  teacher,
  openContext,
}) => {
  const context = await openContext({ storageState: await teacher.storageState() })
  const page = await context.newPage()
  await page.goto('/admin/datasets')
  const name = `写真 ${Date.now()}`
  await fillImport(page, name, '画像フォルダーの zip', imageFolderZip(['犬', '猫'], 10))
  await page.getByRole('combobox', { name: '画像の大きさ' }).click()
  await page.getByRole('option', { name: '32×32 画素' }).click()
  await page.getByRole('textbox', { name: '採点用にする割合' }).fill('40')
  await page.getByRole('button', { name: '取り込む', exact: true }).click()

  const panel = datasetPanel(page, name)
  await expect(panel.getByText('32×32×3')).toBeVisible()
  await expect(panel.getByText(/クラスごとに 40% を採点用に選び/)).toBeVisible()
  await panel.getByRole('button', { name: 'クラスごとの枚数と画像' }).click()
  await expect(panel.getByRole('row', { name: '犬' })).toHaveText('犬46')
  const sheet = panel.getByRole('img', { name: /採点用/ })
  await expect
    .poll(() => sheet.evaluate((img) => img instanceof HTMLImageElement && img.naturalWidth))
    .toBe(4 * 34)
  await panel.getByText('学習用', { exact: true }).last().click()
  await expect(panel.getByRole('img', { name: /学習用/ })).toBeVisible()
  await expectNoViolations(page, 'a dataset with its details')

  const { datasets } = await (await teacher.get('/api/datasets')).json()
  const { id } = datasets.find((dataset: { name: string }) => dataset.name === name)
  const slug = `photos-${Date.now()}`
  const created = await teacher.post('/api/rounds', {
    data: {
      slug,
      title: '写真の大会',
      description: '',
      datasetId: id,
      publicPercent: 50,
      timeZone: 'Asia/Tokyo',
      opensAt: new Date().toISOString(),
      closesAt: null,
      uploadMaxBytes: 1024 ** 2,
      visitorsMaySee: false,
    },
  })
  const { admin } = await created.json()
  await page.reload()
  await expect(panel.getByRole('link', { name: '写真の大会' })).toBeVisible()
  await expect(panel.getByRole('button', { name: /を削除する/ })).toHaveCount(0)

  const student = await openContext()
  await registerStudent(student.request, admin.joinCode)
  const overview = await student.newPage()
  await overview.goto(`/rounds/${slug}/overview`)
  const download = overview.waitForEvent('download')
  await overview.getByRole('link', { name: 'PNG 画像（.zip）' }).click()
  expect((await download).suggestedFilename()).toBe(`${slug}-training-sample.zip`)
})

test('a choice stays open while the list of datasets comes and grows', async ({ teacher, openContext }) => {
  const context = await openContext({ storageState: await teacher.storageState() })
  const page = await context.newPage()
  const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>()
  await page.route('**/api/datasets', async (route) => {
    await mayAnswer
    await route.continue()
  })
  await page.goto('/admin/datasets')
  await page.getByRole('combobox', { name: '形式' }).click()
  answer()
  const { slug } = await openRound(teacher, 'grown')
  await expect(page.getByRole('region', { name: `${slug}（第 1 版）` })).toBeAttached()
  await page.getByRole('option', { name: '画像フォルダーの zip' }).click()
  await expect(page.getByRole('combobox', { name: '画像の大きさ' })).toBeVisible()
})

test('an instructor imports an .npz with names of classes, and deletes it', async ({
  teacher,
  openContext,
}) => {
  const context = await openContext({ storageState: await teacher.storageState() })
  const page = await context.newPage()
  await page.goto('/admin/datasets')
  const name = `配列 ${Date.now()}`
  await fillImport(page, name, 'NumPy（.npz）', npzFile(8))
  await page.getByRole('textbox', { name: 'クラスの名前（任意）' }).fill('丸、四角')
  await expectNoViolations(page, 'the import form for .npz')
  await page.getByRole('button', { name: '取り込む', exact: true }).click()

  const panel = datasetPanel(page, name)
  await expect(panel.getByText('丸, 四角')).toBeVisible()
  await expect(panel.getByText('4×4×1')).toBeVisible()
  await panel.getByRole('button', { name: /を削除する/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /を削除する/ })
    .click()
  await expect(page.getByText(`「${name}」第 1 版を削除しました`)).toBeVisible()
  await expect(panel).toHaveCount(0)
})
