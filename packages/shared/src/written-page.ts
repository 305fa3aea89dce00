import type { Locale } from './locale.ts'

/** What the server asks of the pages' own code (apps/web/src/write-page.tsx), which is built apart from it. */
export type PageRequest = {
  /** Path and query of the page. */
  url: string
  locale: Locale
  /** Nonce of this answer's content security policy for style elements. */
  styleNonce: string
  /** GET of an API path as whoever asked for the page. */
  ask(path: string): Promise<Response>
}

/** Parts of a page's HTML, and which modules beside the first script it needs, as keys of the build's manifest. */
export type WrittenPage = { modules: readonly string[]; head: string; root: string; tail: string }

export type WritePage = (request: PageRequest) => Promise<WrittenPage | null>
