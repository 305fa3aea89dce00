import type { Page } from '@playwright/test'
import { type Locale, localeCookie, locales } from '@taikai/shared/locale'
import sharp from 'sharp'
import { fillForPictures } from './filled-round.ts'
import { expect, test } from './fixtures.ts'
import { type Screen, screens } from './screens.ts'

const folder = 'docs/screenshots'
const widths = [1440, 390] as const
const schemes = ['light', 'dark'] as const
/** Longer pages are cut: what follows repeats itself, and the repository is to stay small. */
const longest = 3000

// `TAIKAI_SCREENS=home,submit` takes only these.
const names = process.env.TAIKAI_SCREENS?.split(',')
const wanted = screens.filter(({ name }) => names?.includes(name) ?? true)

// A trace would keep a picture of every step beside these.
test.use({ trace: 'off' })

test('pictures of every page, in both languages and themes, for a desk and a phone', async ({
  openContext,
  teacher,
  baseURL,
}) => {
  test.setTimeout(1_200_000)
  const { filled, sessions } = await fillForPictures(teacher, baseURL)
  for (const locale of locales)
    for (const viewer of ['visitor', 'student', 'instructor'] as const) {
      const context = await openContext({
        storageState: sessions[viewer],
        locale: locale === 'ja' ? 'ja-JP' : 'en-US',
      })
      await context.addCookies([{ name: localeCookie, value: locale, url: baseURL ?? '' }])
      const page = await context.newPage()
      for (const screen of wanted.filter((one) => one.viewer === viewer)) {
        await page.setViewportSize({ width: widths[0], height: 900 })
        await page.goto(screen.address(filled))
        if (screen.press !== undefined)
          await page.getByRole('button', { name: screen.press[locale], exact: true }).click()
        if (screen.last !== undefined) await expect(page.locator(screen.last).first()).toBeVisible()
        await takeAll(page, screen, locale)
      }
      await context.close()
    }
})

/** One page in both themes and widths. */
async function takeAll(page: Page, { name, from }: Screen, locale: Locale): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
      await expect(page.getByText(/^(読み込んでいます…|Loading…)$/)).toHaveCount(0)
      await expect(page.getByText(/^(接続中|Connecting)$/)).toHaveCount(0)
      await page.evaluate(() => document.fonts.ready)
      await page.evaluate(redrawDateFields)
      const whole = await page.screenshot({ fullPage: true, animations: 'disabled' })
      const start = from === undefined ? 0 : await page.locator(from).evaluate(topOf)
      const picture = sharp(whole)
      const { height } = await picture.metadata()
      await picture
        .extract({ left: 0, top: start, width, height: Math.min(height - start, longest) })
        .jpeg({ quality: 50, mozjpeg: true })
        .toFile(`${folder}/${name}.${locale}.${scheme}.${width}.jpg`)
    }
  }
}

/** Date fields look for the page's language (see playwright.config.ts) when they are made, and React makes them outside of the page. */
function redrawDateFields(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>('input[type="date"]')) {
    field.type = 'text'
    field.type = 'date'
  }
}

/** Where an element begins on its page, with some room above it. */
const topOf = (element: Element) =>
  Math.max(0, Math.floor(element.getBoundingClientRect().top + window.scrollY) - 64)
