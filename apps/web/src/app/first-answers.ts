import type { QueryClient, QueryKey } from '@tanstack/react-query'

const elementId = 'first-answers'

/** What the server has answered already when it sends a page: queries by their keys. */
type FirstAnswers = [QueryKey, unknown][]

/** The answers that a page was written from, for its script. No text in them can end the element. */
export function answersElement(queryClient: QueryClient): string {
  const answers: FirstAnswers = queryClient
    .getQueryCache()
    .getAll()
    .map(({ queryKey, state }) => [queryKey, state.data])
  const json = JSON.stringify(answers).replaceAll('<', '\\u003c')
  return `<script type="application/json" id="${elementId}">${json}</script>`
}

/** Takes them up, so that nothing is asked for again. They are as fresh as the page. */
export function takeFirstAnswers(queryClient: QueryClient): void {
  const answers: FirstAnswers = JSON.parse(document.getElementById(elementId)?.textContent ?? '[]')
  for (const [queryKey, data] of answers) queryClient.setQueryData(queryKey, data)
}
