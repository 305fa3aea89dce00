import type { Page } from '@playwright/test'
import axe from 'axe-core'
import { expect } from './fixtures.ts'

declare global {
  interface Window {
    axe?: typeof axe
  }
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Lets axe see a page as it is now, in both themes. `what` says which page it is. */
export async function expectNoViolations(page: Page, what: string): Promise<void> {
  // Axe stays until another page is loaded: to bring it there takes several times as long as its look at the page.
  if (await page.evaluate(() => window.axe === undefined)) await page.evaluate(axe.source)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    const found = await page.evaluate(async (values) => {
      // No colour is half-way from one theme to the other. Those in folded parts of a page would never get there by themselves; and the
      // end of one may begin another, where what changes is inherited.
      const changing = () => document.getAnimations().filter((each) => each instanceof CSSTransition)
      for (let now = changing(); now.length > 0; now = changing()) for (const each of now) each.finish()
      if (window.axe === undefined) throw new Error('the page was left')
      const { violations } = await window.axe.run(document, {
        runOnly: { type: 'tag', values },
        resultTypes: ['violations'],
      })
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
      )
    }, rules)
    expect.soft(found, `${what}, ${colorScheme}`).toEqual([])
  }
}
