import { VisuallyHidden } from '@mantine/core'
import { useDocumentVisibility } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { errorMessage } from '@taikai/shared/messages/error-message'
import { rankingValue } from '@taikai/shared/ranking-metric'
import type { Submission } from '@taikai/shared/wire/submission'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, RouterContextProvider, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { roundQuery } from '../features/rounds/api/round.ts'
import { submissionQuery } from '../features/submissions/api/submission.ts'
import { waitingQuery } from '../features/submissions/api/waiting.ts'
import { isTaker, noteWaiting, takeEnded } from '../features/submissions/waiting-list.ts'
import { useTexts } from '../i18n/i18n.ts'
import { notificationState, notify } from '../lib/browser-notification.ts'
import { rankingValueText } from '../lib/ranking-value.ts'
import { RequestError } from '../lib/request-error.ts'

const shownForMs = 15_000
/** A hidden page has no stream of events: it asks now and then, where a notification would come of it. */
const askHiddenEveryMs = 20_000

/** Long enough for a tab to read what another wrote at the same time. */
const settleMs = 250
const thisTab = String(Math.random())

/** Tells on every page when a submission of the viewer's team got its score, or none. */
export default function ScoreMessages({ userId }: { userId: string }) {
  const { t, locale } = useTexts()
  const router = useRouter()
  const queryClient = useQueryClient()
  const [said, setSaid] = useState('')
  // A change of it draws this anew, which is when the interval is looked at.
  const visibility = useDocumentVisibility()
  const { data, dataUpdatedAt } = useQuery({
    ...waitingQuery,
    refetchInterval: ({ state }) =>
      visibility === 'hidden' && notificationState() === 'granted' && (state.data?.ids.length ?? 0) > 0
        ? askHiddenEveryMs
        : false,
    refetchIntervalInBackground: true,
  })

  async function scoreText(submission: Submission): Promise<string> {
    const { score, reason, roundSlug } = submission
    if (reason !== null) return errorMessage(reason.code, reason.params, locale).title
    if (score === null) return ''
    const { rules } = await queryClient.ensureQueryData(roundQuery(roundSlug))
    const value = rankingValueText(rules.metric, rankingValue(rules.metric, score), score.total)
    return t('told.score', { metric: t(`rules.metrics.${rules.metric}`), value })
  }

  async function tellEnd(id: string): Promise<void> {
    const take = () => takeEnded(localStorage, userId, id, thisTab, Date.now())
    const takeAlone = async () => {
      if (!take()) return false
      await new Promise((settled) => setTimeout(settled, settleMs))
      return isTaker(localStorage, userId, id, thisTab)
    }
    const submission = await queryClient
      .fetchQuery({ ...submissionQuery(id), staleTime: 0 })
      .catch(requestErrorOnly)
    if (submission instanceof RequestError) {
      // What is not there any more is not waited for; after a fault that passes, the next answer is looked at again.
      if (submission.problem !== null && submission.problem.status < 500) take()
      return
    }
    if (submission.status === 'CANCELLED') return void take()
    const { status } = submission
    if (status === 'QUEUED' || status === 'RUNNING') return
    const title = t(`told.${status}`, { name: submission.label || submission.roundTitle })
    const text = await scoreText(submission)
    const open = () => void router.navigate({ to: '/submissions/$id', params: { id } })
    if (document.visibilityState === 'hidden') {
      // Without it, the page tells when it is looked at again.
      if (notificationState() === 'granted' && (await takeAlone())) notify(title, text, id, open)
      return
    }
    if (!(await takeAlone())) return
    setSaid(`${title} ${text}`)
    if (router.state.location.pathname === `/submissions/${id}`) return
    notifications.show({
      role: 'group', // No alert: the words are said politely, below.
      title,
      autoClose: shownForMs,
      color: status === 'SCORED' ? 'ai' : 'shu',
      message: (
        <RouterContextProvider router={router}>
          {text}{' '}
          <Link to="/submissions/$id" params={{ id }}>
            {t('told.open')}
          </Link>
        </RouterContextProvider>
      ),
    })
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer of the server is looked at once.
  useEffect(() => {
    if (data === undefined) return
    for (const id of noteWaiting(localStorage, userId, data.ids, dataUpdatedAt)) void tellEnd(id)
  }, [dataUpdatedAt, userId])

  return <VisuallyHidden role="status">{said}</VisuallyHidden>
}

function requestErrorOnly(error: unknown): RequestError {
  if (error instanceof RequestError) return error
  throw error
}
