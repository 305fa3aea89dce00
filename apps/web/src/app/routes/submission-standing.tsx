import type { PublicScore, Submission } from '@taikai/shared/wire/submission'
import { useQuery } from '@tanstack/react-query'
import { Panel } from '../../components/ui/panel.tsx'
import { QueryView } from '../../components/ui/query-view.tsx'
import { leaderboardQuery } from '../../features/ranking/api/leaderboard.ts'
import { standingQuery } from '../../features/standing/api/standing.ts'
import { EfficiencyPanel } from '../../features/standing/components/efficiency-panel.tsx'
import { StandingFacts } from '../../features/standing/components/standing-facts.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import classes from './submission-standing.module.css'

type Props = { submission: Submission; score: PublicScore }

/** Where a scored submission's team stands in the ranking. */
export function SubmissionStanding({ submission }: Pick<Props, 'submission'>) {
  const { t } = useTexts()
  const standing = useQuery(standingQuery(submission.roundSlug, submission.id))
  return (
    <Panel title={t('standing.title')}>
      <div className={classes.standing}>
        <QueryView query={standing}>
          {(data) => <StandingFacts standing={data} submission={submission} />}
        </QueryView>
      </div>
    </Panel>
  )
}

/** What it reaches with its size, among the models of the ranking. */
export function SubmissionEfficiency({ submission, score }: Props) {
  const { id, roundSlug: slug, entryId, inspection } = submission
  const { data: leaderboard } = useQuery(leaderboardQuery(slug, 'public'))
  const { data: standing } = useQuery(standingQuery(slug, id))
  if (leaderboard === undefined || standing === undefined) return null
  const { parameters, macs } = inspection
  const accuracy = score.correct / score.total
  return (
    <EfficiencyPanel
      rows={leaderboard.rows}
      ownEntryId={entryId}
      submission={standing.counts ? null : { id, parameters, macs, accuracy }}
    />
  )
}
