import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const writer = join(import.meta.dirname, '../../web/src/write-page.tsx')

/** A folder like that of the built pages, for a service that writes them by the pages' real source. To be removed by the test. */
export async function buildWebRoot(): Promise<string> {
  const webRoot = await mkdtemp(join(tmpdir(), 'taikai-web-'))
  for (const folder of ['assets', '.vite', '.server']) await mkdir(join(webRoot, folder))
  const page =
    '<html lang="ja"><head><style nonce="__STYLE_NONCE__"></style><script nonce="__SCRIPT_NONCE__"></script></head><body><div id="root"></div></body></html>'
  await writeFile(join(webRoot, 'index.html'), page)
  const chunk = (name: string) => ({ file: `assets/${name}.js`, css: [`assets/${name}.css`] })
  const manifest = {
    'src/app/routes/rounds-page.tsx': chunk('rounds-page'),
    'src/app/routes/guide-pages.tsx': chunk('guide-pages'),
  }
  await writeFile(join(webRoot, '.vite/manifest.json'), JSON.stringify(manifest))
  await writeFile(
    join(webRoot, '.server/write-page.js'),
    `export { writePage } from ${JSON.stringify(writer)}\n`,
  )
  return webRoot
}
