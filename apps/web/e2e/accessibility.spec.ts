import AxeBuilder from '@axe-core/playwright'
import { chooseFiles, expect, openRound, registerStudent, test } from './fixtures.ts'
import { linearModel } from './generated-files.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

test('every page passes axe in both themes and languages', async ({ browser, baseURL }) => {
  test.setTimeout(240_000)
  const options = baseURL === undefined ? {} : { baseURL }
  const teacher = await browser.newContext(options)
  const student = await browser.newContext(options)
  const { slug, joinCode } = await openRound(teacher.request, 'axe')
  await registerStudent(student, joinCode)
  const page = await student.newPage()
  await page.goto(`/rounds/${slug}/submit`)
  await chooseFiles(page, linearModel(6))
  await page.getByRole('button', { name: 'この内容で提出する' }).click()
  await page.waitForURL(/\/submissions\//)
  await expect(page.getByText('60.00%').first()).toBeVisible()
  const submission = new URL(page.url()).pathname
  const round = `/rounds/${slug}`
  const studentPaths = [
    '/',
    round,
    `${round}/overview`,
    `${round}/submissions`,
    `${round}/submit`,
    submission,
    '/me',
  ]
  const visitorPaths = ['/sign-in', `/register?code=${joinCode}`, '/setup?token=x', '/nowhere']
  const teacherPaths = ['/admin', '/admin/new', `/admin/rounds/${slug}`, '/admin/datasets']

  for (const [context, paths] of [
    [student, [...studentPaths, ...visitorPaths]],
    [teacher, teacherPaths],
  ] as const) {
    const tab = await context.newPage()
    for (const locale of ['ja', 'en']) {
      for (const theme of ['light', 'dark']) {
        await tab.goto('/sign-in')
        await tab.evaluate(
          ([language = '', scheme = '']) => {
            localStorage.setItem('taikai-locale', language)
            localStorage.setItem('mantine-color-scheme-value', scheme)
          },
          [locale, theme],
        )
        for (const path of paths) {
          await tab.goto(path)
          await expect(tab.getByRole('heading', { level: 1 })).toBeVisible()
          await expect(tab.getByText(/^(読み込んでいます…|Loading…)$/)).toHaveCount(0)
          const { violations } = await new AxeBuilder({ page: tab }).withTags(rules).analyze()
          const found = violations.map(
            ({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
          )
          expect.soft(found, `${path} ${locale} ${theme}`).toEqual([])
        }
      }
    }
    await context.close()
  }
})
