import { denseH5 } from '@taikai/shared/model/keras/test-hdf5'
import { expectNoViolations } from './axe.ts'
import { chooseFiles, expect, openRound, registerStudent, test } from './fixtures.ts'
import { linearModel, rawModel } from './generated-files.ts'

const submit = 'この内容で提出する'

test('a wrong preprocessing is found before anything is sent', async ({ page, teacher }) => {
  const { slug, joinCode } = await openRound(teacher, 'preflight', 10, 20)
  await registerStudent(page.request, joinCode)
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url())
  })
  await page.goto(`/rounds/${slug}/submit`)
  await chooseFiles(page, rawModel())
  const preflight = page.getByRole('region', { name: '送る前の確認' })
  await expect(preflight.getByText('30,730').first()).toBeVisible()
  await expect(preflight.getByRole('row', { name: /^0〜255 のまま/ })).toContainText('100.00%')
  await expect(
    preflight.getByText('「0〜1」では 10.00%、「0〜255 のまま」では 100.00% でした。'),
  ).toBeVisible()
  const asked = page.getByRole('dialog', { name: '前処理が違うかもしれません' })
  await page.getByRole('button', { name: submit }).click()
  await expect(asked).toContainText('「0〜1」では 10.00%、「0〜255 のまま」では 100.00% でした。')
  await asked.getByRole('button', { name: '「0〜255 のまま」に変える' }).click()
  await expect(asked).toHaveCount(0)
  await expect(page.getByRole('radio', { name: /0〜255 のまま/ })).toBeChecked()
  await expect(preflight.getByText(/^選んだ前処理で、試した中の最高か/)).toBeVisible()
  await preflight.getByText('「0〜255 のまま」での混同行列を見る').click()
  await expect(preflight.getByRole('row', { name: /^airplane/ })).toContainText('20')
  expect(sent).toEqual([])
  await expectNoViolations(page, 'the submit page with what the preflight found')
  await page.getByRole('button', { name: submit }).click()
  await expect(page.getByText('100.00%').first()).toBeVisible()
})

test('a model is sent with a preprocessing that its trial speaks against where its sender says so', async ({
  page,
  teacher,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'preflight-anyway', 10, 20)
  await registerStudent(page.request, joinCode)
  await page.goto(`/rounds/${slug}/submit`)
  await chooseFiles(page, rawModel())
  await expect(page.getByText('「0〜1」では 10.00%、')).toBeVisible()
  await page.getByRole('button', { name: submit }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'このまま提出する' }).click()
  await expect(page.getByRole('heading', { name: '混同行列' })).toBeVisible()
})

test('a rule that a model breaks is told before it is sent, and so is a round without training images', async ({
  page,
  teacher,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'preflight-rule')
  const changed = await teacher.patch(`/api/rounds/${slug}`, { data: { maxParameters: 1000 } })
  expect(changed.status(), await changed.text()).toBe(200)
  await registerStudent(page.request, joinCode)
  await page.goto(`/rounds/${slug}/submit`)
  await chooseFiles(page, linearModel(3))
  const preflight = page.getByRole('region', { name: '送る前の確認' })
  const files = page.getByRole('region', { name: 'ファイル', exact: true })
  await expect(files.getByRole('alert')).toContainText('1,000')
  await expect(preflight.getByText(/このラウンドには学習用の画像がない/)).toBeVisible()
})

test('the reader of HDF5 is fetched for a Keras file, and for no other', async ({ page, teacher }) => {
  const { slug, joinCode } = await openRound(teacher, 'preflight-keras')
  await registerStudent(page.request, joinCode)
  const readers: string[] = []
  page.on('request', (request) => {
    if (/\/hdf5-file-[^/]*\.js$/.test(request.url())) readers.push(request.url())
  })
  await page.goto(`/rounds/${slug}/submit`)
  const preflight = page.getByRole('region', { name: '送る前の確認' })
  await chooseFiles(page, linearModel(3))
  await expect(preflight.getByText('30,730').first()).toBeVisible()
  expect(readers).toEqual([])
  await page.reload()
  const { name, bytes } = await denseH5(32 * 32 * 3, 10)
  await chooseFiles(page, [{ name, mimeType: 'application/x-hdf5', buffer: Buffer.from(bytes) }])
  await expect(preflight.getByText('Keras HDF5（.h5）')).toBeVisible()
  expect(readers).toHaveLength(1)
})
