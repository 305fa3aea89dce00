import type { Page } from '@playwright/test'
import { type Locale, locales } from '@taikai/shared/locale'
import sharp from 'sharp'
import { fillForPictures } from './filled-round.ts'
import { expect, test } from './fixtures.ts'
import { screens } from './screens.ts'

const folder = 'docs/screenshots'
const widths = [1440, 390] as const
const schemes = ['light', 'dark'] as const
/** Longer pages are cut: what follows repeats itself, and the repository is to stay small. */
const longest = 3000

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
      const chosen = { name: 'taikai-locale', value: locale }
      const origins = [{ origin: new URL(baseURL ?? '').origin, localStorage: [chosen] }]
      const context = await openContext({ storageState: { ...sessions[viewer], origins } })
      const page = await context.newPage()
      for (const screen of screens.filter((one) => one.viewer === viewer)) {
        await page.setViewportSize({ width: widths[0], height: 900 })
        await page.goto(screen.address(filled))
        if (screen.press !== undefined)
          await page.getByRole('button', { name: screen.press[locale], exact: true }).click()
        await takeAll(page, screen.name, locale)
      }
      await context.close()
    }
})

/** One page in both themes and widths. */
async function takeAll(page: Page, name: string, locale: Locale): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
      await expect(page.getByText(/^(読み込んでいます…|Loading…)$/)).toHaveCount(0)
      await page.evaluate(() => document.fonts.ready)
      const whole = await page.screenshot({ fullPage: true, animations: 'disabled' })
      const picture = sharp(whole)
      const { height } = await picture.metadata()
      await picture
        .extract({ left: 0, top: 0, width, height: Math.min(height, longest) })
        .jpeg({ quality: 50, mozjpeg: true })
        .toFile(`${folder}/${name}.${locale}.${scheme}.${width}.jpg`)
    }
  }
}
