import { compareRankingValues, hasTieGroups } from '@taikai/shared/ranking-metric'
import type { Standing } from '@taikai/shared/wire/standing'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../../i18n/i18n.ts'
import { percent } from '../../../lib/format.ts'
import { rankingValueText } from '../../../lib/ranking-value.ts'
import classes from './standing.module.css'

type Props = {
  standing: Standing
  submission: { entryName: string; entryKind: 'TEAM' | 'BASELINE'; receivedAt: string }
}

/** Where the team stands now, in words: rank, group, and what this submission did for it. */
export function StandingFacts({ standing, submission }: Props) {
  const { t, gap } = useTexts()
  const { rank, finalRank, teamCount, tie, frozenAt } = standing
  return (
    <>
      {rank !== null && (
        <p className={classes.rank}>
          <span>{submission.entryName}</span> <b className="num">{t('standing.rank', { rank })}</b>{' '}
          <span>{t('standing.ofTeams', { count: teamCount })}</span>
        </p>
      )}
      {finalRank !== null && <p>{t('standing.final', { rank: finalRank })}</p>}
      {tie !== null && (
        <p>
          {tie.leads
            ? t('standing.leads', { count: tie.teamCount - 1 })
            : t('standing.tied', { name: tie.leader, count: tie.teamCount })}
          {gap}
          <Link to="/guide/ties">{t('ranking.tiesGuide')}</Link>
        </p>
      )}
      <p>
        <Effect standing={standing} submission={submission} />
        {gap}
        <Change standing={standing} />
      </p>
      {frozenAt !== null && <p className="muted">{t('standing.frozen')}</p>}
    </>
  )
}

/** What the submission did for the rank. */
function Effect({ standing, submission }: Props): string {
  const { t } = useTexts()
  const { rank, counts, rankWithout, frozenAt } = standing
  if (submission.entryKind === 'BASELINE') return t('standing.baseline')
  if (!counts) {
    if (frozenAt !== null && submission.receivedAt >= frozenAt) return t('standing.afterFreeze')
    return rank === null ? t('standing.placeless') : t('standing.other')
  }
  if (rankWithout === null) return t('standing.entered')
  return rank !== null && rankWithout > rank
    ? t('standing.rose', { from: rankWithout, to: rank })
    : t('standing.same')
}

/** How far the score is from the best that the team had before. */
function Change({ standing }: Pick<Props, 'standing'>): string | null {
  const { t } = useTexts()
  const { metric, imageCount, value, previousBest } = standing
  if (previousBest === null) return null
  const text = (amount: number) => rankingValueText(metric, amount, imageCount)
  const order = compareRankingValues(metric, value, previousBest)
  const difference = Math.abs(value - previousBest)
  const amount = hasTieGroups(metric)
    ? t('standing.points', { amount: percent(difference / imageCount) })
    : text(difference)
  const change = { best: text(previousBest), amount }
  if (order === 0) return t('standing.level', change)
  return order < 0 ? t('standing.better', change) : t('standing.worse', change)
}
