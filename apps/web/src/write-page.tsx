import { AsyncLocalStorage } from 'node:async_hooks'
import type { Locale } from '@taikai/shared/locale'
import type { PageRequest, WrittenPage } from '@taikai/shared/written-page'
import type { Query, QueryClient } from '@tanstack/react-query'
import { createMemoryHistory } from '@tanstack/react-router'
import { renderToString } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { App } from './app/app.tsx'
import { answersElement } from './app/first-answers.ts'
import { createQueryClient } from './app/query-client.ts'
import { createAppRouter } from './app/router.tsx'
import { moveStyles, styleElement } from './app/written-styles.ts'
import { startServerI18n } from './i18n/i18n.ts'
import { askBy } from './lib/api-client.ts'
import { RequestError } from './lib/request-error.ts'

const asking = new AsyncLocalStorage<PageRequest['ask']>()
askBy((path) => {
  const ask = asking.getStore()
  if (ask === undefined) throw new Error(`${path} is asked for while no page is written`)
  return ask(path)
})
const texts = await startServerI18n()

/**
 * Writes what the browser would draw first, from the answers that the API gives to whoever asks. Null where the browser has to draw
 * by itself: pages that are not written, and those for which a request is refused, which says in words why.
 */
export async function writePage({ url, locale, styleNonce, ask }: PageRequest): Promise<WrittenPage | null> {
  const router = createAppRouter(createMemoryHistory({ initialEntries: [url] }))
  await router.load()
  const modules = router.state.matches.at(-1)?.staticData.written
  if (modules === undefined) return null
  const queryClient = createQueryClient()
  const draw = () => renderToString(withTexts(locale, <App {...{ router, queryClient, styleNonce }} />))
  return asking.run(ask, async () => {
    let drawn = draw()
    for (let open = openQueries(queryClient); open.length > 0; open = openQueries(queryClient)) {
      const answered = await Promise.all(open.map((query) => isAnswered(queryClient, query)))
      if (answered.includes(false)) return null
      drawn = draw()
    }
    const { html, css } = moveStyles(drawn)
    return {
      modules,
      head: styleElement(css, styleNonce),
      root: html,
      tail: answersElement(queryClient),
    }
  })
}

function withTexts(locale: Locale, app: React.ReactNode) {
  return <I18nextProvider i18n={texts[locale]}>{app}</I18nextProvider>
}

/** What the components asked for and was not answered yet. */
function openQueries(queryClient: QueryClient): Query[] {
  return queryClient
    .getQueryCache()
    .getAll()
    .filter(
      ({ state, options }) =>
        state.status === 'pending' && !('enabled' in options && options.enabled === false),
    )
}

/** Whether the API answered; false where it refused. Throws what is no refusal. */
async function isAnswered(queryClient: QueryClient, query: Query): Promise<boolean> {
  try {
    await queryClient.fetchQuery({ ...query.options, queryKey: query.queryKey, retry: false })
    return true
  } catch (error) {
    if (error instanceof RequestError) return false
    throw error
  }
}
