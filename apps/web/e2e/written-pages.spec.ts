import { expect, openRound, registerStudent, submitModel, test } from './fixtures.ts'
import { linearModel } from './generated-files.ts'

test('the ranking comes with the page, and the page comes alive over it', async ({
  page,
  openContext,
  teacher,
}) => {
  const round = await openRound(teacher, 'written')
  await registerStudent(page.request, round.joinCode, '先に届く人')
  await submitModel(page.request, round.slug, linearModel(6), '')
  const address = `/rounds/${round.slug}`

  // Without scripts: what the server wrote.
  const still = await (
    await openContext({ javaScriptEnabled: false, storageState: await page.context().storageState() })
  ).newPage()
  await still.goto(address)
  await expect(still.getByRole('heading', { name: round.title })).toBeVisible()
  await expect(still.getByRole('row', { name: /先に届く人\s*あなた/ })).toBeVisible()

  // With them, and an API that refuses everything: nothing is asked for to draw the same, and a button works.
  const asked: string[] = []
  await page.route('**/api/**', (route) => {
    asked.push(new URL(route.request().url()).pathname)
    return route.fulfill({ status: 403 })
  })
  await page.goto(address)
  await page.getByRole('button', { name: 'EN: Switch to English', exact: true }).click()
  await expect(page.getByRole('row', { name: /先に届く人\s*You/ })).toBeVisible()
  const drawn = ['/api/me', `/api${address}`, `/api${address}/leaderboard`, `/api${address}/entry`]
  expect(asked.filter((path) => drawn.includes(path))).toEqual([])

  // The language is the device's from now on, for the server too.
  await still.context().addCookies(await page.context().cookies())
  await still.reload()
  await expect(still.getByRole('link', { name: 'Submit a model', exact: true })).toBeVisible()
})
