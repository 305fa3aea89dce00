import ReactMarkdown from 'react-markdown'

/** Markdown as elements. Raw HTML in it is shown as text, and unsafe link addresses are dropped. */
export function Markdown({ text }: { text: string }) {
  return (
    <ReactMarkdown
      components={{
        // A description stands below the page's own headings.
        h1: ({ children }) => <h3>{children}</h3>,
        h2: ({ children }) => <h3>{children}</h3>,
        h3: ({ children }) => <h4>{children}</h4>,
      }}
    >
      {text}
    </ReactMarkdown>
  )
}
