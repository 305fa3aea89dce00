import { Alert } from '@mantine/core'
import { errorMessage } from '@taikai/shared/messages/error-message'
import { useTexts } from '../../../i18n/i18n.ts'
import type { Preflight } from './use-preflight.ts'

/** Why the chosen model would be refused, as far as the browser can tell; nothing where it would not. */
export function RefusalAlert({ preflight: { refused, inspected } }: { preflight: Preflight }) {
  const { t, locale } = useTexts()
  const problem = refused?.problem ?? inspected?.violation ?? null
  if (problem === null) return null
  const { title, action } = errorMessage(problem.code, problem.params, locale)
  return (
    <Alert role="alert" color="shu" variant="light" title={title} mt="md" c="var(--ink)">
      <p style={{ margin: 0 }}>{action}</p>
      <p className="muted" style={{ margin: '8px 0 0' }}>
        {t(refused === null ? 'preflight.violation' : 'preflight.refused')}
      </p>
      <code className="muted">{problem.code}</code>
    </Alert>
  )
}
