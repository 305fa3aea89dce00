import { expectNoViolations } from './axe.ts'
import { startCuttingProxy } from './cutting-proxy.ts'
import { expect, openRound, registerStudent, test } from './fixtures.ts'
import { linearModel } from './generated-files.ts'

test('an upload whose connection breaks is sent again with all that was chosen, and counts once', async ({
  browser,
  teacher,
  baseURL,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'retry')
  expect((await teacher.patch(`/api/rounds/${slug}`, { data: { submissionsPerDay: 1 } })).status()).toBe(200)
  const proxy = await startCuttingProxy(baseURL ?? '')
  // A context of its own: a connection that breaks is an error in its console.
  const context = await browser.newContext({ baseURL: proxy.origin })
  await registerStudent(context.request, joinCode)
  const page = await context.newPage()
  await page.goto(`/rounds/${slug}/submit`)
  const last = page.getByRole('region', { name: '提出', exact: true })
  await expect(last.getByRole('status', { name: '残りの提出回数' })).toContainText('今日はあと 1 回')

  const files = linearModel(7).map(({ name, buffer }) => ({ name, text: buffer.toString('base64') }))
  const dropped = await page.evaluateHandle((parts) => {
    const transfer = new DataTransfer()
    for (const { name, text } of [...parts, { name: '.DS_Store', text: '' }]) {
      transfer.items.add(new File([Uint8Array.from(atob(text), (char) => char.charCodeAt(0))], name))
    }
    return transfer
  }, files)
  await page
    .getByText('ファイルを選ぶか、ここへドラッグしてください')
    .dispatchEvent('drop', { dataTransfer: dropped })
  await expect(page.getByText(/^2 個、合計/)).toBeVisible()
  await page.getByLabel('ラベル（任意）').fill('切れた CNN')
  await page.getByLabel('ノート（任意）').fill('学習率 0.1')
  await page.getByRole('button', { name: 'この内容で提出する' }).click()

  await expect(last.getByRole('alert')).toContainText('送信が途中で切れました。')
  await expect(page.getByRole('listitem').filter({ hasText: 'weights.bin' })).toBeVisible()
  await expect(page.getByLabel('ラベル（任意）')).toHaveValue('切れた CNN')
  await expectNoViolations(page, 'the submit page after the connection broke')
  // The first has arrived, and took what there was.
  await expect(last.getByRole('status', { name: '残りの提出回数' })).toContainText('今日はあと 0 回')
  proxy.mend()
  await page.getByRole('button', { name: 'もう一度送る' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '切れた CNN' })).toBeVisible()
  await expect(page.getByText('学習率 0.1')).toBeVisible()
  await expect(page.getByText('70.00%').first()).toBeVisible()
  const listed = await context.request.get(`/api/rounds/${slug}/submissions`)
  const { submissions }: { submissions: unknown[] } = await listed.json()
  expect(submissions).toHaveLength(1)
  await context.close()
  await proxy.stop()
})
