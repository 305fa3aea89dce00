import { expect, it } from 'vitest'
import { screens } from '../../e2e/screens.ts'
import { createAppRouter } from './router.tsx'

it('has a picture of each of its pages, and no picture of a page that is gone', () => {
  const pages = Object.values(createAppRouter().routesById)
    .filter((route) => route.children === undefined)
    .map(({ fullPath }) => fullPath)
  expect([...new Set(screens.map(({ route }) => route))].sort()).toEqual(pages.sort())
})
