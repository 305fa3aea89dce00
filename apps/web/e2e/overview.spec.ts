import { expect, openRound, registerStudent, sendModel, test } from './fixtures.ts'
import { linearModel, slowModel } from './generated-files.ts'

test('the overview shows what runs and what waits, and tells what is wrong and where it is mended', async ({
  page,
  teacher,
  openContext,
}) => {
  const { slug, title, joinCode } = await openRound(teacher, 'overview', 100)
  await registerStudent(page.request, joinCode, '採点待ちの住人')
  const admin = await (await openContext({ storageState: await teacher.storageState() })).newPage()
  await admin.goto('/')
  await admin.getByRole('link', { name: '管理' }).click()
  const queue = admin.getByRole('region', { name: '採点の状況' })
  const worker = admin.getByRole('article').filter({ hasText: '稼働中' })
  await expect(worker).toContainText('wasm')

  await sendModel(page.request, slug, slowModel(), '1')
  await sendModel(page.request, slug, linearModel(7), '2')
  await expect(queue).toContainText('うち 1 件は、同じチームの採点が終わるのを待っています')
  await expect(worker.getByRole('link', { name: '採点待ちの住人' })).toBeVisible()
  await expect(worker).toContainText('/ 1,000')
  await expect(admin.getByRole('row', { name: new RegExp(title) })).toContainText('直近 1 時間 2')
  // Both are scored; nobody reloads the page.
  await expect(queue).not.toContainText('うち 1 件')
  await expect(worker).toContainText('毎秒')
  await expect(worker.getByRole('link')).toHaveCount(0)

  // An engine that no worker has: its runs wait, and that is told.
  const started = await teacher.post(`/api/rounds/${slug}/rescores`, { data: { engine: 'tensorflow-gpu' } })
  expect(started.status(), await started.text()).toBe(201)
  const warning = admin.getByRole('status').filter({ hasText: `「${title}」の 2 件は、tensorflow-gpu で` })
  await warning.getByRole('link', { name: '再採点のページへ' }).click()
  await expect(admin.getByRole('heading', { name: '再採点', exact: true })).toBeVisible()
  const { id }: { id: string } = await started.json()
  expect((await teacher.post(`/api/rounds/${slug}/rescores/${id}/abandon`)).status()).toBe(200)
  await admin.getByRole('link', { name: '概要', exact: true }).click()
  await expect(admin.getByRole('heading', { name: 'バックアップ' })).toBeVisible()
  await expect(warning).toHaveCount(0)

  await admin.getByRole('button', { name: '今すぐバックアップする' }).click()
  await expect(admin.getByRole('row', { name: /taikai-.*\.tar\.gz/ })).toBeVisible()
})
