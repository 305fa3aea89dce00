import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/i18n.ts'
import { RequestError } from '../../lib/request-error.ts'
import { ProblemAlert } from './problem-alert.tsx'

type Props<T> = { query: UseQueryResult<T>; children(data: T): ReactNode }

/** Shows a query's answer; words while it loads or when it failed. An answer stays on screen while a newer one is fetched. */
export function QueryView<T>({ query, children }: Props<T>) {
  const { t } = useTexts()
  if (query.data !== undefined) return children(query.data)
  if (!query.isError) return <Loading />
  return (
    <ProblemAlert error={query.error}>
      {mayPass(query.error) && (
        <Button variant="default" mt="sm" onClick={() => void query.refetch()}>
          {t('app.retry')}
        </Button>
      )}
    </ProblemAlert>
  )
}

/** What stands where an answer will. */
export function Loading() {
  const { t } = useTexts()
  return (
    <p className="muted" role="status">
      {t('app.loading')}
    </p>
  )
}

/** Whether asking again may help: not when the server has refused, and would again. */
function mayPass(error: Error): boolean {
  const problem = error instanceof RequestError ? error.problem : null
  return problem === null || problem.status >= 500 || problem.status === 429
}
