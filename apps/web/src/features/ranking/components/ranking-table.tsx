import type { Leaderboard, LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import { LiveBadge } from '../../../components/ui/live-badge.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { compactCount, count, dateTime, percent, timeAgo } from '../../../lib/format.ts'
import { IntervalPlot } from './interval-plot.tsx'
import { type PlotAxis, plotAxis } from './plot-axis.ts'
import classes from './ranking-table.module.css'

type Props = { leaderboard: Leaderboard; title: string; ownEntryId: string | null; closed: boolean }

export function RankingTable({ leaderboard, title, ownEntryId, closed }: Props) {
  const { t } = useTexts()
  const { rows } = leaderboard
  const axis = plotAxis(rows)
  const leader = rows.find((row) => row.rank === 1)
  return (
    <div className={classes.board}>
      <div className={classes.note}>
        <LiveBadge />
        <span>{t('ranking.note', { count: count(leaderboard.publicCount) })}</span>
        <span className={classes.total}>
          {t('ranking.total')} <b className="num">{count(leaderboard.submissionCount)}</b>
        </span>
      </div>
      {/* Read out when it changes; the table itself would be read from the start each time. */}
      <p className={classes.hidden} aria-live="polite">
        {leader !== undefined &&
          t('ranking.changed', { name: leader.name, score: percent(leader.correct / leader.total) })}
      </p>
      {rows.length === 0 ? (
        <div className={classes.empty}>
          <b>{closed ? t('ranking.emptyClosed') : t('ranking.emptyTitle')}</b>
          {!closed && <span>{t('ranking.emptyAction')}</span>}
        </div>
      ) : (
        <table className={classes.table}>
          <caption className={classes.hidden}>{t('ranking.caption', { title })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('ranking.rank')}</th>
              <th scope="col">{t('ranking.team')}</th>
              <th scope="col" className={classes.wide}>
                {t('ranking.plot')}
                <span className={`${classes.scale} num`}>
                  {axis.low}–{axis.high}%
                </span>
              </th>
              <th scope="col" className={`${classes.right} ${classes.last}`}>
                {t('ranking.score')}
              </th>
              <th scope="col" className={`${classes.right} ${classes.wide}`}>
                {t('ranking.top5')}
              </th>
              <th scope="col" className={`${classes.right} ${classes.wide}`}>
                {t('ranking.parameters')}
              </th>
              <th scope="col" className={`${classes.right} ${classes.wide}`}>
                {t('ranking.submissions')}
              </th>
              <th scope="col" className={`${classes.right} ${classes.wide}`}>
                {t('ranking.when')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.entryId} row={row} axis={axis} own={row.entryId === ownEntryId} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

function Row({ row, axis, own }: { row: LeaderboardRow; axis: PlotAxis; own: boolean }) {
  const { t, locale } = useTexts()
  const baseline = row.kind === 'BASELINE'
  return (
    <tr className={own ? classes.own : baseline ? classes.baseline : undefined}>
      <td className={`${classes.rank} num`}>{row.rank ?? t('ranking.baseline')}</td>
      <th scope="row" className={classes.team}>
        {row.name}
        {own && <span className={classes.you}>{t('ranking.you')}</span>}
        <span className={classes.who}>
          {baseline ? t('ranking.baselineBy') : t('ranking.members', { count: row.memberCount })}
        </span>
      </th>
      <td className={classes.wide}>
        <IntervalPlot row={row} axis={axis} />
      </td>
      <td className={`${classes.right} ${classes.score} num`}>
        {percent(row.correct / row.total)}
        <small>%</small>
        <span className={classes.who}>
          {t('ranking.correct', { correct: count(row.correct), total: count(row.total) })}
        </span>
      </td>
      <td className={`${classes.right} ${classes.wide} num`}>
        {row.top5Wrong === null ? '–' : `${percent(row.top5Wrong / row.total)}%`}
      </td>
      <td className={`${classes.right} ${classes.wide} num`}>{compactCount(row.parameters)}</td>
      <td className={`${classes.right} ${classes.wide} num`}>
        {baseline ? '–' : count(row.submissionCount)}
      </td>
      <td className={`${classes.right} ${classes.wide} num`}>
        <time dateTime={row.receivedAt} title={dateTime(row.receivedAt, locale)}>
          {timeAgo(row.receivedAt, new Date(), locale)}
        </time>
      </td>
    </tr>
  )
}
