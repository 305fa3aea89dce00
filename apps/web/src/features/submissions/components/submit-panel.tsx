import { Alert, Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { Panel } from '../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { UploadStatus } from '../../../components/ui/upload-status.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { RequestError, wasDropped } from '../../../lib/request-error.ts'
import type { UploadProgress } from '../../../lib/upload-progress.ts'

type Props = {
  /** What the button says before the first try. */
  action: string
  /** Why nothing can be sent now, in words; null: it can. */
  obstacle: string | null
  /** Null while nothing is being sent. */
  sending: { progress: UploadProgress | null; stop(): void } | null
  error: Error | null
  quota?: ReactNode
}

/** The last step of the form: sends it, shows how far that is, and says what to do when it did not work. */
export function SubmitPanel({ action, obstacle, sending, error, quota }: Props) {
  const { t } = useTexts()
  const stopped = error instanceof DOMException && error.name === 'AbortError'
  const dropped = wasDropped(error)
  return (
    <Panel title={t('submit.submit')} step={{ number: 4, done: false }}>
      {quota !== undefined && <p style={{ marginTop: 0 }}>{quota}</p>}
      <Group>
        <Button type="submit" size="md" loading={sending !== null} disabled={obstacle !== null}>
          {dropped ? t('sending.retry') : action}
        </Button>
        {sending !== null && (
          <Button variant="default" size="md" onClick={sending.stop}>
            {t('submit.stop')}
          </Button>
        )}
        {obstacle !== null && <span className="muted">{obstacle}</span>}
      </Group>
      {sending !== null || error === null ? (
        <UploadStatus progress={sending?.progress ?? null} after={t('submit.checking')} />
      ) : stopped ? (
        <p role="status">{t('sending.stopped')}</p>
      ) : dropped ? (
        <Alert role="alert" color="shu" variant="light" title={t('sending.dropped')} my="md" c="var(--ink)">
          <p style={{ margin: 0 }}>{t('sending.droppedAction')}</p>
          <p style={{ margin: '8px 0 0' }}>{t('sending.droppedAgain')}</p>
        </Alert>
      ) : (
        <ProblemAlert error={error}>
          <p style={{ margin: '8px 0 0' }}>{t('submit.errorKept')}</p>
          {/* The guide's table of refusals goes by it. */}
          {error instanceof RequestError && <code className="muted">{error.problem?.code}</code>}
        </ProblemAlert>
      )}
    </Panel>
  )
}
