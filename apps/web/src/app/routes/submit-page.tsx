import { acceptsSubmissions } from '@taikai/shared/round-state'
import type { Round } from '@taikai/shared/wire/round'
import { useIsMutating, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Loading, QueryView } from '../../components/ui/query-view.tsx'
import { RoundTime } from '../../components/ui/round-time.tsx'
import { SignedInOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { entryQuery } from '../../features/rounds/api/entry.ts'
import { roundQuery } from '../../features/rounds/api/round.ts'
import { JoinForm } from '../../features/rounds/components/join-form.tsx'
import { isUsedUp, QuotaNote } from '../../features/rounds/components/quota-note.tsx'
import { RoundNotice } from '../../features/rounds/components/round-notice.tsx'
import { addWaiting } from '../../features/submissions/api/waiting.ts'
import { SubmitForm, submitKey } from '../../features/submissions/components/submit-form.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/rounds/$slug/submit')

export function SubmitPage() {
  const { t } = useTexts()
  usePageTitle(t('submit.title'))
  const { slug } = route.useParams()
  const me = useQuery(meQuery)
  const round = useQuery(roundQuery(slug))
  return (
    <>
      <h1>{t('submit.title')}</h1>
      <SignedInOnly me={me}>
        {() => <QueryView query={round}>{(data) => <Submit round={data} />}</QueryView>}
      </SignedInOnly>
    </>
  )
}

function Submit({ round }: { round: Round }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { slug } = round
  const { data: entry, isPending } = useQuery({ ...entryQuery(slug), enabled: round.entry !== null })
  const usedUp = entry !== undefined && isUsedUp(entry.quota)
  // What is on its way when the round closes is decided by the server: its form stays until the answer.
  const isSending = useIsMutating({ mutationKey: submitKey }) > 0
  // What it says stands above the form, which must not be pushed away.
  if (round.entry !== null && isPending) return <Loading />
  return (
    <>
      <p>
        <Link to="/rounds/$slug" params={{ slug }}>
          {round.title}
        </Link>
        {acceptsSubmissions(round.state) && round.closesAt !== null && (
          <span className="muted">
            {' '}
            {t('rounds.closedAt')}: <RoundTime instant={round.closesAt} timeZone={round.timeZone} />
          </span>
        )}
      </p>
      {!acceptsSubmissions(round.state) && !isSending ? (
        <RoundNotice round={round} />
      ) : round.entry === null ? (
        <>
          <p>{t('submit.notJoined')}</p>
          <JoinForm round={round} />
        </>
      ) : (
        <>
          {usedUp && <p className="muted">{t('sending.stillTry')}</p>}
          {entry?.locked === false && round.rules.teamSize > 1 && (
            <p>
              {t('submit.locksTeam')}{' '}
              <Link to="/rounds/$slug/overview" params={{ slug }}>
                {t('submit.toTeam')}
              </Link>
            </p>
          )}
          <SubmitForm
            round={round}
            quotaUsed={usedUp}
            quota={<QuotaNote round={round} />}
            onDone={(submission) => {
              addWaiting(queryClient, submission.id)
              queryClient.setQueryData(['submission', submission.id], submission)
              void navigate({ to: '/submissions/$id', params: { id: submission.id } })
            }}
          />
        </>
      )}
    </>
  )
}
