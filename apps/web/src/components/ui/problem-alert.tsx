import { Alert } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/i18n.ts'
import { RequestError } from '../../lib/request-error.ts'

/** What went wrong and what to do next, in the words that the server answered with. Nothing is shown without an error. */
export function ProblemAlert({ error, children }: { error: unknown; children?: ReactNode }) {
  const { t } = useTexts()
  if (error === null || error === undefined) return null
  const problem = error instanceof RequestError ? error.problem : null
  const text =
    problem === null
      ? { title: t('app.unreachableTitle'), action: t('app.unreachableAction') }
      : { title: problem.title, action: problem.detail }
  return (
    <Alert role="alert" color="shu" variant="light" title={text.title} my="md" c="var(--ink)">
      <p style={{ margin: 0 }}>{text.action}</p>
      {problem?.issues !== undefined && problem.issues.length > 0 && (
        <ul>
          {problem.issues.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path}: {message}
            </li>
          ))}
        </ul>
      )}
      {children}
      {problem?.code === 'INTERNAL' && (
        <p className="muted">{t('app.requestId', { id: problem.requestId })}</p>
      )}
    </Alert>
  )
}
