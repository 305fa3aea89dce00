import { compareRankingValues, rankingValue } from '@taikai/shared/ranking-metric'
import { acceptsSubmissions } from '@taikai/shared/round-state'
import type { Round } from '@taikai/shared/wire/round'
import type { Submission } from '@taikai/shared/wire/submission'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { QueryView } from '../../components/ui/query-view.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import RoundHistory from '../../features/ranking/components/round-history.tsx'
import { entryQuery } from '../../features/rounds/api/entry.ts'
import { roundQuery } from '../../features/rounds/api/round.ts'
import { submissionsQuery } from '../../features/submissions/api/submissions.ts'
import { DisqualificationAlert } from '../../features/submissions/components/disqualification-alert.tsx'
import { InspectionPanel } from '../../features/submissions/components/inspection-panel.tsx'
import { PicksPanel } from '../../features/submissions/components/picks-panel.tsx'
import { ScorePanels } from '../../features/submissions/components/score-panel.tsx'
import { SubmissionList } from '../../features/submissions/components/submission-list.tsx'
import { useTexts } from '../../i18n/i18n.ts'

const route = getRouteApi('/rounds/$slug')

export function EntryPage() {
  const { t } = useTexts()
  const { slug } = route.useParams()
  const { data: me } = useQuery(meQuery)
  const round = useQuery(roundQuery(slug))
  if (me === null) return <p>{t('entry.signIn')}</p>
  return (
    <QueryView query={round}>
      {(data) =>
        data.entry === null ? <p>{t('entry.notJoined')}</p> : <OwnEntry round={data} own={data.entry} />
      }
    </QueryView>
  )
}

function OwnEntry({ round, own }: { round: Round; own: { id: string; name: string } }) {
  const { slug, rules } = round
  const { data: entry } = useQuery(entryQuery(slug))
  const submissions = useQuery(submissionsQuery(slug))
  return (
    <>
      <DisqualificationAlert disqualified={entry?.disqualified ?? null} what="team" />
      <RoundHistory round={round} own={own} />
      <QueryView query={submissions}>
        {(all) => {
          const list = all.filter(({ entryId }) => entryId === own.id)
          return (
            <>
              {list.length > 0 && <PicksPanel round={round} submissions={list} />}
              <SubmissionList
                submissions={list}
                timeZone={round.timeZone}
                metric={rules.metric}
                picks={acceptsSubmissions(round.state) ? { entryId: own.id, limit: rules.finalPicks } : null}
              />
              <Best round={round} submissions={list} />
            </>
          )
        }}
      </QueryView>
    </>
  )
}

/** The team's best public score class by class, and what is in that model. */
function Best({ round, submissions }: { round: Round; submissions: readonly Submission[] }) {
  const { t } = useTexts()
  const best = bestOf(round.rules.metric, submissions)
  if (best === null) return <p className="muted">{t('entry.none')}</p>
  const { submission, score } = best
  return (
    <>
      <h2>
        {t('entry.best', { label: submission.label === '' ? t('submission.untitled') : submission.label })}
      </h2>
      <p className="muted">{t('entry.bestLead')}</p>
      <ScorePanels
        score={score}
        classNames={round.dataset.classNames}
        outputKind={submission.inspection.outputKind}
      />
      <InspectionPanel inspection={submission.inspection} />
    </>
  )
}

function bestOf(metric: Round['rules']['metric'], submissions: readonly Submission[]) {
  const scored = submissions.flatMap((submission) =>
    submission.score === null || submission.disqualified !== null
      ? []
      : [{ submission, score: submission.score, value: rankingValue(metric, submission.score) }],
  )
  // Of equal scores the one received first counts; the list begins with the last.
  const [best] = scored.toReversed().toSorted((a, b) => compareRankingValues(metric, a.value, b.value))
  return best ?? null
}
