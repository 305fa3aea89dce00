import { useQuery } from '@tanstack/react-query'
import { useTexts } from '../../../i18n/i18n.ts'
import { leaderboardQuery } from '../api/leaderboard.ts'
import { metricText } from './metric-display.ts'
import classes from './ranking-top.module.css'

/** Rows that fit beside other rounds. */
const shown = 3

/** Who leads a running round. Nothing before the first score. */
export function RankingTop({ slug }: { slug: string }) {
  const { t } = useTexts()
  const { data } = useQuery(leaderboardQuery(slug, 'public'))
  const first = data?.rows.filter(({ rank }) => rank !== null).slice(0, shown) ?? []
  if (data === undefined || first.length === 0) return null
  return (
    <ol className={classes.top} aria-label={t('ranking.top')}>
      {first.map((row) => (
        <li key={row.entryId}>
          <span className={`${classes.rank} num`}>{row.rank}</span>
          <span className={classes.name}>{row.name}</span>
          <b className="num">{metricText(data.metric, row)}</b>
        </li>
      ))}
    </ol>
  )
}
