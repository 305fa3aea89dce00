import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectNoViolations } from './axe.ts'
import { expect, openRound, registerStudent, sendModel, test } from './fixtures.ts'
import { residualModel } from './generated-files.ts'

/** What a browser makes of an SVG file: its size, its texts and how many lines join boxes, or the parser's complaint. */
const parseSvg = (page: Page, text: string) =>
  page.evaluate((source) => {
    const svg = new DOMParser().parseFromString(source, 'image/svg+xml')
    return {
      complaint: svg.querySelector('parsererror')?.textContent ?? null,
      width: Number(svg.documentElement.getAttribute('width')),
      height: Number(svg.documentElement.getAttribute('height')),
      texts: [...svg.querySelectorAll('text')].map(({ textContent }) => textContent),
      links: svg.querySelectorAll('[marker-end]').length,
    }
  }, text)

test('a model is drawn with its branches, read by keyboard, and taken along as SVG and PNG', async ({
  page,
  teacher,
}) => {
  const { slug, joinCode } = await openRound(teacher, 'drawing')
  await registerStudent(page.request, joinCode)
  const hostile = '<b>&"足し算'
  const id = await sendModel(page.request, slug, residualModel(hostile), 'ResNet')
  await page.goto(`/submissions/${id}`)
  await page.getByRole('button', { name: '図で見る', exact: true }).click()
  const drawing = page.getByRole('group', { name: /^層をつないだ図/ })
  const boxes = drawing.getByRole('img')
  await expect(boxes).toHaveCount(6)
  await expect(boxes.nth(3)).toHaveAccessibleName(`Add, ${hostile}, 32×32×8, パラメータ 0`)

  // The image is where Tab stops; the stem, with its activation, is the next.
  await boxes.first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(boxes.nth(1)).toBeFocused()
  await expect(page.locator('figcaption').getByText('max(0, x)')).toBeVisible()
  await page.keyboard.press('End')
  await expect(page.locator('figcaption').getByText('eˣⁱ / Σ eˣʲ')).toBeVisible()
  await expectNoViolations(page, 'a drawing')

  const save = async (name: string) => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name, exact: true }).click()
    return readFile(await (await download).path())
  }
  const svg = (await save('SVG で保存')).toString()
  expect(svg).not.toMatch(/var\(|class=|<b>/)
  const parsed = await parseSvg(page, svg)
  expect(parsed).toMatchObject({ complaint: null, links: 6 })
  expect(parsed.texts).toEqual(expect.arrayContaining(['入力画像', 'Conv2D', 'stem', hostile, '32×32×3']))
  const png = await save('PNG で保存')
  expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * parsed.width, 2 * parsed.height])
})
