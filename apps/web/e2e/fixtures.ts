import {
  type APIRequestContext,
  type BrowserContext,
  type BrowserContextOptions,
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

function watch(context: BrowserContext, faults: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error' && !expectedRefusal.test(message.text())) faults.push(message.text())
  })
  context.on('weberror', (error) => faults.push(String(error.error())))
}

type TestFixtures = {
  /** Opens one more browser, with cookies of its own. */
  openContext(options?: BrowserContextOptions): Promise<BrowserContext>
}
type WorkerFixtures = {
  /** The instructor, signed in, by HTTP. The account is made by `first-round.spec.ts`. */
  teacher: APIRequestContext
}

/** Every context of a test fails it when a page writes an error to the console or throws. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  context: async ({ context }, use) => {
    const faults: string[] = []
    watch(context, faults)
    await use(context)
    expect(faults).toEqual([])
  },
  openContext: async ({ browser }, use) => {
    const faults: string[] = []
    const opened: BrowserContext[] = []
    await use(async (options) => {
      const context = await browser.newContext(options)
      watch(context, faults)
      opened.push(context)
      return context
    })
    for (const context of opened) await context.close()
    expect(faults).toEqual([])
  },
  teacher: [
    async ({ playwright }, use, { project }) => {
      const { baseURL } = project.use
      const request = await playwright.request.newContext(baseURL === undefined ? {} : { baseURL })
      const { email, password } = instructor
      const signedIn = await request.post('/api/auth/sign-in/email', { data: { email, password } })
      expect(signedIn.ok(), await signedIn.text()).toBe(true)
      await use(request)
      await request.dispose()
    },
    { scope: 'worker' },
  ],
})
export { expect }

/** The page where the first instructor makes an account. */
export function setupPath(): string {
  const url = process.env.TAIKAI_E2E_SETUP_URL
  if (url === undefined) throw new Error('TAIKAI_E2E_SETUP_URL is not set: run the journeys with `npm test`')
  const { pathname, search } = new URL(url)
  return pathname + search
}

/** How a round is called where nobody is to see that a test made it. */
type RoundNames = { slug: string; title: string; dataset: string; description: string }

function testNames(name: string): RoundNames {
  const slug = `${name}-${Date.now()}`
  const description = '# 説明\n\nモデルを提出してください。'
  return { slug, title: `ラウンド ${slug}`, dataset: slug, description }
}

export type OpenRound = { slug: string; title: string; joinCode: string; datasetId: string }

/**
 * Makes an open round of its own for a test, with a dataset of `imagesPerClass` images of each class, half of them public, and of
 * some more for training if asked for.
 */
export async function openRound(
  teacher: APIRequestContext,
  name: string | RoundNames,
  imagesPerClass = 10,
  trainingPerClass = 0,
): Promise<OpenRound> {
  const { slug, title, dataset: datasetName, description } = typeof name === 'string' ? testNames(name) : name
  const { name: fileName, mimeType, buffer } = cifarFile('test_batch.bin', imagesPerClass)
  const imported = await teacher.post('/api/datasets', {
    multipart: {
      meta: JSON.stringify({ name: datasetName, format: 'cifar10' }),
      hidden: { name: fileName, mimeType, buffer },
      ...(trainingPerClass > 0 && { train: cifarFile('data_batch_1.bin', trainingPerClass, 1000) }),
    },
  })
  expect(imported.ok(), await imported.text()).toBe(true)
  const dataset: { id: string } = await imported.json()
  const created = await teacher.post('/api/rounds', {
    data: {
      slug,
      title,
      description,
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
  return { slug, title, joinCode: round.admin.joinCode, datasetId: dataset.id }
}

/** Registers a student with a round's join code by HTTP; what `request` belongs to is signed in then. */
export async function registerStudent(
  request: APIRequestContext,
  joinCode: string,
  name = '隠れ層の住人',
  email = `student-${Date.now()}-${Math.random().toString(36).slice(2)}@example.com`,
): Promise<void> {
  const registered = await request.post('/api/register', {
    data: { joinCode, name, email, password: 'student-password' },
  })
  expect(registered.status(), await registered.text()).toBe(201)
}

/** Submits a model by HTTP. Gives the submission's id. */
export async function sendModel(
  request: APIRequestContext,
  slug: string,
  files: readonly FilePayload[],
  label: string,
  preset = 'unit',
): Promise<string> {
  const form = new FormData()
  form.append('meta', JSON.stringify({ label, preprocessing: { preset } }))
  for (const { name, mimeType, buffer } of files)
    form.append('files', new File([new Uint8Array(buffer)], name, { type: mimeType }))
  const submitted = await request.post(`/api/rounds/${slug}/submissions`, { multipart: form })
  expect(submitted.status(), await submitted.text()).toBe(201)
  const { id }: { id: string } = await submitted.json()
  return id
}

/** Submits a model by HTTP and waits until nothing more happens to it. Gives the submission's id. */
export async function submitModel(...submission: Parameters<typeof sendModel>): Promise<string> {
  const [request] = submission
  const id = await sendModel(...submission)
  await expect
    .poll(
      async () => {
        const submission: { status: string } = await (await request.get(`/api/submissions/${id}`)).json()
        return submission.status
      },
      { timeout: 30_000 },
    )
    .toMatch(/SCORED|REJECTED/)
  return id
}

/** Chooses files on the submit page. */
export async function chooseFiles(page: Page, files: FilePayload[]): Promise<void> {
  await page.getByLabel('ファイルを選ぶ', { exact: true }).and(page.locator('input')).setInputFiles(files)
}
