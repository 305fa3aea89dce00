import { hasTieGroups } from '@taikai/shared/ranking-metric'
import type { Leaderboard } from '@taikai/shared/wire/leaderboard'
import { Link } from '@tanstack/react-router'
import { LiveBadge } from '../../../components/ui/live-badge.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import { leaderboardCsvPath } from '../api/leaderboard.ts'
import { metricText } from './metric-display.ts'
import classes from './ranking-table.module.css'
import { RankingTable } from './ranking-table.tsx'

type Props = {
  leaderboard: Leaderboard
  title: string
  timeZone: string
  ownEntryId: string | null
  closed: boolean
}

/** A ranking with what it is made from; words where it has no row. */
export function RankingBoard({ leaderboard, title, timeZone, ownEntryId, closed }: Props) {
  const { t } = useTexts()
  const { rows, metric, view, frozenAt } = leaderboard
  const leader = rows.find((row) => row.rank === 1)
  const note = {
    count: count(leaderboard.imageCount),
    metric: t(`ranking.metrics.${metric}`),
  }
  return (
    <>
      <div className={classes.board}>
        <div className={classes.note}>
          <Freshness leaderboard={leaderboard} />
          <span>
            {view === 'public' ? t('ranking.notePublic', note) : t('ranking.noteFinal', note)}
            {metric !== 'macro-f1' && ` ${t('ranking.noteInterval')}`}
            {hasTieGroups(metric) && (
              <>
                {' '}
                {t('ranking.noteTies')} <Link to="/guide/ties">{t('ranking.tiesGuide')}</Link>
              </>
            )}
          </span>
          <span className={classes.total}>
            {t('ranking.total')} <b className="num">{count(leaderboard.submissionCount)}</b>
          </span>
        </div>
        {/* Read out when it changes; the table itself would be read from the start each time. */}
        <p className={classes.hidden} aria-live="polite">
          {leader !== undefined &&
            t('ranking.changed', { name: leader.name, score: metricText(metric, leader) })}
        </p>
        {rows.length > 0 ? (
          <RankingTable {...{ leaderboard, title, timeZone, ownEntryId }} />
        ) : (
          <div className={classes.empty}>
            <b>
              {frozenAt !== null
                ? t('ranking.emptyFrozen')
                : closed
                  ? t('ranking.emptyClosed')
                  : t('ranking.emptyTitle')}
            </b>
            {frozenAt === null && !closed && <span>{t('ranking.emptyAction')}</span>}
          </div>
        )}
      </div>
      {rows.length > 0 && (
        <p className={classes.file}>
          <a href={leaderboardCsvPath(leaderboard.roundSlug, view)} download>
            {t('ranking.csv')}
          </a>
        </p>
      )}
    </>
  )
}

/** Whether what is shown moves by itself, stands still, or is final. */
function Freshness({ leaderboard: { view, frozenAt, version } }: { leaderboard: Leaderboard }) {
  const { t } = useTexts()
  if (frozenAt !== null) return <b>{t('ranking.frozen')}</b>
  if (view === 'public') return <LiveBadge />
  return <b>{version === null ? t('ranking.preview') : t('ranking.published', { version })}</b>
}
