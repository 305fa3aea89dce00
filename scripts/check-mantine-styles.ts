import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What Mantine's components are found by in its styles. */
const className = /m_[0-9a-f]{6,8}/g
const read = (folder: string, end: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

/**
 * Throws where a built script names a class of Mantine's that no built style has: a component is used whose styles
 * `apps/web/src/styles/mantine.css` does not import. `assets`: the build; `styles`: the folder of @mantine/core with a file a component.
 */
export function checkMantineStyles(assets: string, styles: string): void {
  const scripts = read(assets, '.js').map(({ text }) => text)
  const named = new Set(scripts.flatMap((text) => text.match(className) ?? []))
  const there = new Set(read(assets, '.css').flatMap(({ text }) => text.match(className) ?? []))
  const missing = read(styles, '.css')
    .filter(({ name }) => !name.endsWith('.layer.css'))
    .filter(({ text }) => (text.match(className) ?? []).some((one) => named.has(one) && !there.has(one)))
  if (missing.length === 0) return
  throw new Error(
    `apps/web/src/styles/mantine.css has to import ${missing.map(({ name }) => name).join(', ')}, in the order of Mantine's styles.css`,
  )
}
