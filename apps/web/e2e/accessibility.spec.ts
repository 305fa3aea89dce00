import type { BrowserContext } from '@playwright/test'
import { expectNoViolations } from './axe.ts'
import {
  expect,
  instructor,
  type OpenRound,
  openRound,
  registerStudent,
  submitModel,
  test,
} from './fixtures.ts'
import { linearModel, overflowingModel } from './generated-files.ts'

// A trace would keep a picture of every step; what axe found says enough.
test.use({ trace: 'off' })

/** Visits each page, and lets axe see it in both languages and both themes. */
async function checkPages(context: BrowserContext, paths: readonly string[]): Promise<void> {
  const page = await context.newPage()
  for (const path of paths) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByText('読み込んでいます…')).toHaveCount(0)
    await expectNoViolations(page, `${path} in Japanese`)
    await page.getByRole('button', { name: 'Switch to English' }).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await expectNoViolations(page, `${path} in English`)
    await page.getByRole('button', { name: '日本語に切り替える' }).click()
  }
}

test.describe('axe finds nothing in either theme and language', () => {
  let round: OpenRound
  let closed: OpenRound
  let studentState: Awaited<ReturnType<BrowserContext['storageState']>>
  let inviteCode: string
  let scored: string
  let second: string
  let rejected: string
  let rescore: string

  test.describe.configure({ timeout: 180_000 })
  test.beforeAll(async ({ teacher, playwright, baseURL }) => {
    round = await openRound(teacher, 'axe')
    // Every rule that has words of its own, and an announcement.
    const rules = { submissionsPerDay: 3, submissionsTotal: 9, maxParameters: 1e6, requiredLayers: ['Dense'] }
    expect((await teacher.patch(`/api/rounds/${round.slug}`, { data: rules })).status()).toBe(200)
    const announced = await teacher.post(`/api/rounds/${round.slug}/announcements`, {
      data: { body: '# お知らせ\n\n[リンク](https://example.com)' },
    })
    expect(announced.status()).toBe(201)
    closed = await openRound(teacher, 'axe-closed')
    for (const action of ['freeze', 'close'])
      expect((await teacher.post(`/api/rounds/${closed.slug}/${action}`)).status()).toBe(200)
    const student = await playwright.request.newContext(baseURL === undefined ? {} : { baseURL })
    await teacher.patch(`/api/rounds/${round.slug}`, { data: { teamSize: 2 } })
    await registerStudent(student, round.joinCode)
    const invited = await student.put(`/api/rounds/${round.slug}/entry/invite`)
    const entry: { inviteCode: string } = await invited.json()
    inviteCode = entry.inviteCode
    scored = await submitModel(student, round.slug, linearModel(6), 'CNN 3層')
    second = await submitModel(student, round.slug, linearModel(4), 'CNN 2層')
    rejected = await submitModel(student, round.slug, overflowingModel(), '')
    studentState = await student.storageState()
    await student.dispose()
    const started = await teacher.post(`/api/rounds/${round.slug}/rescores`, { data: {} })
    expect(started.status(), await started.text()).toBe(201)
    rescore = (await started.json()).id
  })

  test('for visitors', async ({ context }) => {
    const register = `/register?code=${round.joinCode}`
    await checkPages(context, [
      '/',
      '/sign-in',
      '/register',
      register,
      `/register?invite=${inviteCode}`,
      `/join/${inviteCode}`,
      '/setup?token=x',
      '/nowhere',
      '/me',
      '/guide/models',
      '/guide/ties',
      '/guide/glossary',
    ])
  })

  test('around a round', async ({ openContext }) => {
    const student = await openContext({ storageState: studentState })
    const path = `/rounds/${round.slug}`
    const tabs = ['overview', 'submissions', 'entry', 'submit']
    await checkPages(student, ['/', path, ...tabs.map((tab) => `${path}/${tab}`)])
  })

  test('for a submission and an account', async ({ openContext }) => {
    const student = await openContext({ storageState: studentState })
    await checkPages(student, [
      `/submissions/${scored}`,
      `/submissions/${rejected}`,
      `/submissions/${scored}/compare/${second}`,
      '/me',
    ])
  })

  test('for instructors', async ({ openContext, teacher }) => {
    const context = await openContext({ storageState: await teacher.storageState() })
    const path = `/admin/rounds/${round.slug}`
    await checkPages(context, ['/admin', '/admin/new', path, `${path}/entries`, '/admin/datasets'])
  })

  test('for instructors who look after people', async ({ openContext, teacher, playwright, baseURL }) => {
    const email = `axe-${Date.now()}@example.com`
    const imported = await teacher.post('/api/roster', {
      data: Buffer.from(`氏名,メール\n招待 された人,${email}`),
      headers: { 'content-type': 'text/csv' },
    })
    expect(imported.status(), await imported.text()).toBe(200)
    const found = await teacher.get(`/api/people?search=${email}`)
    const { people }: { people: { id: string }[] } = await found.json()
    const id = people[0]?.id ?? ''
    const made = await teacher.post('/api/people/links', { data: { ids: [id] } })
    const { links }: { links: { token: string }[] } = await made.json()
    const context = await openContext({ storageState: await teacher.storageState() })
    await checkPages(context, [
      '/admin/people',
      `/admin/people/${id}`,
      '/admin/people/roster',
      '/admin/people/invitations',
    ])
    await checkPages(await openContext(), [`/invite/${links[0]?.token}`, '/invite/used'])
    // A session of its own: the other pages are to be seen as the instructor.
    const { email: address, password } = instructor
    const viewing = await playwright.request.newContext(baseURL === undefined ? {} : { baseURL })
    await viewing.post('/api/auth/sign-in/email', { data: { email: address, password } })
    expect((await viewing.post(`/api/people/${id}/view-as`)).status()).toBe(204)
    await checkPages(await openContext({ storageState: await viewing.storageState() }), ['/'])
    await viewing.dispose()
  })
  test('for instructors at the desk', async ({ openContext, teacher }) => {
    const context = await openContext({ storageState: await teacher.storageState() })
    const baseline = `/admin/rounds/${round.slug}/baseline`
    await checkPages(context, ['/admin/submissions', '/admin/audit', baseline, `/submissions/${rejected}`])
  })

  test('for instructors who take a round along', async ({ openContext, teacher }) => {
    const context = await openContext({ storageState: await teacher.storageState() })
    await checkPages(context, [`/admin/rounds/${round.slug}/exports`, '/admin/import'])
    const page = await context.newPage()
    await page.goto(`/admin/rounds/${round.slug}`)
    await page.getByLabel('1日の提出回数').fill('2')
    await page.getByRole('button', { name: '保存する', exact: true }).click()
    await expect(page.getByRole('dialog', { name: '変更の確認' })).toBeVisible()
    await expectNoViolations(page, 'the confirmation of a change')
  })

  test('for instructors who rescore', async ({ openContext, teacher }) => {
    const context = await openContext({ storageState: await teacher.storageState() })
    const rescores = `/admin/rounds/${round.slug}/rescores`
    const closedRound = `/admin/rounds/${closed.slug}`
    await checkPages(context, [rescores, `${rescores}/${rescore}`, `/submissions/${scored}`, closedRound])
  })
})
