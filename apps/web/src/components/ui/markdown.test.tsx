import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { Markdown } from './markdown.tsx'

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />)

it('makes headings below the page’s own, links, lists and tables', () => {
  expect(html('# Rules\n\n- [data](https://example.test/a)')).toBe(
    '<h3>Rules</h3>\n<ul>\n<li><a href="https://example.test/a">data</a></li>\n</ul>',
  )
  expect(html('|a|\n|-|\n|1|')).toContain('<td>1</td>')
})

it.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe src="https://evil.example"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<style>*{display:none}</style>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '![x](javascript:alert(1))',
  '![x](data:image/svg+xml;base64,PHN2Zz4=)',
  '<javascript:alert(1)>',
  '[x]: javascript:alert(1)\n\n[x]',
  '[x](https://ok.example" onmouseover="alert(1))',
  '`<script>alert(1)</script>`',
])('runs nothing of %s', (text) => {
  const made = html(text)
  // Only elements and attributes that Markdown has; everything else came out as text.
  const tags = [...made.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, name]) => name)
  expect(['p', 'a', 'img', 'code', 'h3', 'ul', 'li']).toEqual(expect.arrayContaining(tags))
  for (const [, attribute, value] of made.matchAll(/ ([a-z-]+)="([^"]*)"/gi)) {
    expect(['href', 'src', 'alt', 'title']).toContain(attribute)
    if (attribute === 'href' || attribute === 'src') expect(value).toMatch(/^($|https?:|[^:]*$)/i)
  }
})
