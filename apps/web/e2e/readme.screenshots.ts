import { fillDemoRound } from './demo-contest.ts'
import { chooseFiles, expect, test } from './fixtures.ts'
import { linearModel } from './generated-files.ts'

const folder = 'docs/screenshots'

test('pictures for the README', async ({ teacher, openContext, baseURL }) => {
  test.setTimeout(180_000)
  const { session, best } = await fillDemoRound(teacher, baseURL)
  const desktop = await openContext({ storageState: session, viewport: { width: 1200, height: 1000 } })
  const page = await desktop.newPage()
  await page.goto('/rounds/demo')
  await expect(page.getByText('あなた', { exact: true })).toBeVisible()
  await expect(page.getByText('ライブ', { exact: true })).toBeVisible()
  await page.screenshot({ path: `${folder}/ranking-desktop.png` })
  await page.goto('/rounds/demo/submit')
  await chooseFiles(page, linearModel(10))
  await page.getByRole('radio', { name: '0〜1', exact: true }).check()
  await expect(page.getByText('モデルを読んでいます…')).toHaveCount(0)
  await page.screenshot({ path: `${folder}/submit.png`, fullPage: true })
  await page.goto(`/submissions/${best}`)
  await expect(page.getByRole('heading', { name: '混同行列' })).toBeVisible()
  await page.screenshot({ path: `${folder}/submission.png` })

  const phone = await openContext({
    storageState: session,
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    colorScheme: 'dark',
    hasTouch: true,
    isMobile: true,
  })
  const small = await phone.newPage()
  await small.goto('/rounds/demo')
  await expect(small.getByText('あなた', { exact: true })).toBeVisible()
  await small.screenshot({ path: `${folder}/ranking-phone-dark.png` })
})
