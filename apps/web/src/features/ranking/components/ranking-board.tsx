import { hasTieGroups } from '@taikai/shared/ranking-metric'
import type { Leaderboard } from '@taikai/shared/wire/leaderboard'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { LiveBadge } from '../../../components/ui/live-badge.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import { leaderboardCsvPath } from '../api/leaderboard.ts'
import { metricText } from './metric-display.ts'
import { NameSearch } from './name-search.tsx'
import { OwnPlace } from './own-place.tsx'
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
  const { t, gap } = useTexts()
  const { rows, metric, view, frozenAt } = leaderboard
  const [search, setSearch] = useState('')
  const ownRow = useRef<HTMLTableRowElement>(null)
  const own = rows.find((row) => row.entryId === ownEntryId)
  const leader = rows.find((row) => row.rank === 1)
  const note = {
    count: count(leaderboard.imageCount),
    metric: t(`ranking.metrics.${metric}`),
  }
  function revealOwn(): void {
    // The row may be one that the search has left out: it has to be there before it can be gone to.
    flushSync(() => setSearch(''))
    ownRow.current?.focus({ preventScroll: true })
    ownRow.current?.scrollIntoView({ block: 'center' })
  }

  return (
    <>
      <div className={classes.board}>
        <div className={classes.note}>
          <Freshness leaderboard={leaderboard} />
          <span>
            {view === 'public' ? t('ranking.notePublic', note) : t('ranking.noteFinal', note)}
            {metric !== 'macro-f1' && (
              <span className={classes.wide}>
                {gap}
                {t('ranking.noteInterval')}
              </span>
            )}
            {hasTieGroups(metric) && (
              <>
                {gap}
                {t('ranking.noteTies')}
                {gap}
                <Link to="/guide/ties">{t('ranking.tiesGuide')}</Link>
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
          <>
            <NameSearch {...{ rows, search }} onSearch={setSearch} />
            <RankingTable {...{ leaderboard, title, timeZone, ownEntryId, search, ownRow }} />
          </>
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
      {own !== undefined && <OwnPlace row={own} {...{ metric, ownRow, search }} onReveal={revealOwn} />}
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
