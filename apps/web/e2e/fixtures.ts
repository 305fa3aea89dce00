import {
  type APIRequestContext,
  type BrowserContext,
  test as base,
  expect,
  type Page,
} from '@playwright/test'
import { cifarFile, type FilePayload } from './generated-files.ts'

export const instructor = {
  name: '担当の先生',
  email: 'instructor@example.com',
  password: 'instructor-password',
}

/** What a browser itself writes about an answer that a page expects and shows in words. */
const expectedRefusal = /Failed to load resource: the server responded with a status of (4\d\d)/

/** Fails the test when a page writes an error to the console or throws. */
export const test = base.extend({
  context: async ({ context }, use) => {
    const faults: string[] = []
    context.on('console', (message) => {
      if (message.type() === 'error' && !expectedRefusal.test(message.text())) faults.push(message.text())
    })
    context.on('weberror', (error) => faults.push(String(error.error())))
    await use(context)
    expect(faults).toEqual([])
  },
})
export { expect }

function setupToken(): string {
  const url = process.env.TAIKAI_E2E_SETUP_URL
  if (url === undefined) throw new Error('TAIKAI_E2E_SETUP_URL is not set: run the journeys with `npm test`')
  return new URL(url).searchParams.get('token') ?? ''
}

/** Signs the instructor in by the API; the account is made with the set-up link where that was not done yet. */
export async function signInInstructor(request: APIRequestContext): Promise<void> {
  const { email, password } = instructor
  const signIn = await request.post('/api/auth/sign-in/email', { data: { email, password } })
  if (signIn.ok()) return
  const setUp = await request.post('/api/setup', { data: { token: setupToken(), ...instructor } })
  expect(setUp.status(), await setUp.text()).toBe(201)
}

export const setupPath = () => `/setup?token=${encodeURIComponent(setupToken())}`

/** Makes an open round of its own for a test, with a dataset of ten images of each class. */
export async function openRound(
  request: APIRequestContext,
  name: string,
): Promise<{ slug: string; joinCode: string; datasetId: string }> {
  await signInInstructor(request)
  const slug = `${name}-${Date.now()}`
  const { name: fileName, mimeType, buffer } = cifarFile('test_batch.bin', 10)
  const imported = await request.post('/api/datasets', {
    multipart: {
      meta: JSON.stringify({ name: slug, format: 'cifar10' }),
      hidden: { name: fileName, mimeType, buffer },
    },
  })
  expect(imported.ok(), await imported.text()).toBe(true)
  const dataset: { id: string } = await imported.json()
  const created = await request.post('/api/rounds', {
    data: {
      slug,
      title: `ラウンド ${slug}`,
      description: '# 説明\n\nモデルを提出してください。',
      datasetId: dataset.id,
      publicPercent: 50,
      timeZone: 'Asia/Tokyo',
      opensAt: new Date(Date.now() - 60_000).toISOString(),
      closesAt: null,
      uploadMaxBytes: 40 * 1024 ** 2,
      visitorsMaySee: true,
    },
  })
  expect(created.status(), await created.text()).toBe(201)
  const round: { admin: { joinCode: string } } = await created.json()
  return { slug, joinCode: round.admin.joinCode, datasetId: dataset.id }
}

/** Registers a student with a round's join code by the API; the context's pages are signed in then. */
export async function registerStudent(context: BrowserContext, joinCode: string): Promise<void> {
  const email = `student-${Date.now()}-${Math.random().toString(36).slice(2)}@example.com`
  const registered = await context.request.post('/api/register', {
    data: { joinCode, name: '隠れ層の住人', email, password: 'student-password' },
  })
  expect(registered.status(), await registered.text()).toBe(201)
}

/** Chooses files on the submit page. */
export async function chooseFiles(page: Page, files: FilePayload[]): Promise<void> {
  await page.getByLabel('ファイルを選ぶ', { exact: true }).and(page.locator('input')).setInputFiles(files)
}
