import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'

/** A picture whose address was dropped is its text: React warns of an empty address. */
const all: Components = {
  img: ({ src, alt }) => (src ? <img src={src} alt={alt ?? ''} /> : alt),
}

/** Headings of a text that stands below the page's own. */
const lowered: Components = {
  ...all,
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
}

/** On a page of its own, a link to `#word` names the place where it stands, so that others can lead there. */
const named: Components = {
  ...all,
  a: ({ href, children }) => (
    <a href={href} {...(href?.startsWith('#') && { id: href.slice(1), className: 'word' })}>
      {children}
    </a>
  ),
}

/** Markdown as elements. Raw HTML in it is shown as text, and unsafe link addresses are dropped. */
export function Markdown({ text, isPage = false }: { text: string; isPage?: boolean }) {
  return (
    <ReactMarkdown remarkPlugins={[remarkGfm]} components={isPage ? named : lowered}>
      {text}
    </ReactMarkdown>
  )
}
