import { Alert } from '@mantine/core'
import { errorMessage } from '@taikai/shared/messages/error-message'
import { acceptsSubmissions } from '@taikai/shared/round-state'
import type { Submission } from '@taikai/shared/wire/submission'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ButtonLink } from '../../components/ui/button-link.tsx'
import { QueryView } from '../../components/ui/query-view.tsx'
import { useRoundTime } from '../../components/ui/round-time.tsx'
import { SignedInOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { roundQuery } from '../../features/rounds/api/round.ts'
import { submissionQuery } from '../../features/submissions/api/submission.ts'
import { DisqualificationAlert } from '../../features/submissions/components/disqualification-alert.tsx'
import { EngineNoteAlert } from '../../features/submissions/components/engine-note-alert.tsx'
import { InspectionPanel } from '../../features/submissions/components/inspection-panel.tsx'
import { PreprocessingHintAlert } from '../../features/submissions/components/preprocessing-hint-alert.tsx'
import { ReceiptPanel } from '../../features/submissions/components/receipt-panel.tsx'
import { ScorePanels } from '../../features/submissions/components/score-panel.tsx'
import { SubmissionProgress } from '../../features/submissions/components/submission-progress.tsx'
import { UnusedFilesAlert } from '../../features/submissions/components/unused-files-alert.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { SubmissionDecisions } from './submission-decisions.tsx'
import { SubmissionEfficiency, SubmissionStanding } from './submission-standing.tsx'

const route = getRouteApi('/submissions/$id')

export function SubmissionPage() {
  const { t } = useTexts()
  usePageTitle(t('submission.title'))
  const { id } = route.useParams()
  const me = useQuery(meQuery)
  return (
    <SignedInOnly me={me}>
      {({ role }) => <Loaded key={id} id={id} isInstructor={role === 'INSTRUCTOR'} />}
    </SignedInOnly>
  )
}

function Loaded({ id, isInstructor }: { id: string; isInstructor: boolean }) {
  const submission = useQuery(submissionQuery(id))
  return (
    <QueryView query={submission}>
      {(data) => (
        <>
          <SubmissionView submission={data} />
          <SubmissionDecisions submission={data} isInstructor={isInstructor} />
        </>
      )}
    </QueryView>
  )
}

function Received({ instant, timeZone }: { instant: string; timeZone: string }) {
  const { t } = useTexts()
  const at = useRoundTime(timeZone)
  return <> · {t('submission.received', { time: at(instant) })}</>
}

function SubmissionView({ submission }: { submission: Submission }) {
  const { t, locale } = useTexts()
  const { roundSlug: slug, status, score, reason } = submission
  const { data: round } = useQuery(roundQuery(slug))
  const failure = reason === null ? null : errorMessage(reason.code, reason.params, locale)
  return (
    <>
      <h1>{submission.label === '' ? t('submission.title') : submission.label}</h1>
      <p className="muted">
        <Link to="/rounds/$slug" params={{ slug }}>
          {submission.roundTitle}
        </Link>
        {' · '}
        {submission.entryName}
        {round !== undefined && <Received instant={submission.receivedAt} timeZone={round.timeZone} />}
      </p>
      {submission.note !== '' && <p style={{ whiteSpace: 'pre-wrap' }}>{submission.note}</p>}
      <DisqualificationAlert disqualified={submission.disqualified} what="submission" />
      <DisqualificationAlert disqualified={submission.entryDisqualified} what="team" />
      <PreprocessingHintAlert submission={submission} />
      <UnusedFilesAlert inspection={submission.inspection} />
      {(status === 'QUEUED' || status === 'RUNNING') && <SubmissionProgress submission={submission} />}
      {score !== null && (
        <>
          <ScorePanels
            score={score}
            classNames={round?.dataset.classNames ?? null}
            outputKind={submission.inspection.outputKind}
          >
            <SubmissionStanding submission={submission} />
          </ScorePanels>
          <SubmissionEfficiency submission={submission} score={score} />
        </>
      )}
      {failure !== null && reason !== null && (
        <Alert color="shu" variant="light" c="var(--ink)" my="md" title={failure.title}>
          <p style={{ margin: '0 0 8px' }}>{failure.action}</p>
          <code>{reason.code}</code>
        </Alert>
      )}
      {status === 'CANCELLED' && (
        <Alert color="gray" variant="light" c="var(--ink)" my="md" title={t('submission.cancelled')}>
          {t('submission.cancelledAction')}
        </Alert>
      )}
      {round !== undefined &&
        acceptsSubmissions(round.state) &&
        round.entry !== null &&
        status !== 'QUEUED' &&
        status !== 'RUNNING' && (
          <ButtonLink
            to="/rounds/$slug/submit"
            params={{ slug }}
            variant={failure === null ? 'default' : 'filled'}
          >
            {t('submission.again')}
          </ButtonLink>
        )}
      <InspectionPanel inspection={submission.inspection} />
      <EngineNoteAlert engineNote={submission.run.engineNote} />
      {status !== 'CANCELLED' && <ReceiptPanel submission={submission} />}
    </>
  )
}
