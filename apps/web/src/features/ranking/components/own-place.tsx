import type { RankingMetric } from '@taikai/shared/ranking-metric'
import type { LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import { type RefObject, useEffect, useState } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'
import { metricText } from './metric-display.ts'
import classes from './own-place.module.css'

type Props = {
  row: LeaderboardRow
  metric: RankingMetric
  ownRow: RefObject<HTMLTableRowElement | null>
  /** Shows the row where a search hides it; the way to it is gone then. */
  onReveal(): void
  /** Changes with what is searched for. */
  search: string
}

/** One's own place at the lower edge of the window while one's row is out of sight, with the way to it. */
export function OwnPlace({ row, metric, ownRow, onReveal, search }: Props) {
  const { t } = useTexts()
  const inSight = useInSight(ownRow, search)
  if (inSight) return null
  return (
    <div className={classes.pin}>
      <section className={classes.bar} aria-label={t('ranking.yourPlace', { name: row.name })}>
        <b className="num">{row.rank ?? t('ranking.baseline')}</b>
        <span className={classes.name}>{row.name}</span>
        <span className="num">{metricText(metric, row)}</span>
        <button type="button" onClick={onReveal}>
          {t('ranking.toOwn')}
        </button>
      </section>
    </div>
  )
}

/** Whether an element is seen. `key`: changes when the element comes or goes. */
function useInSight(element: RefObject<HTMLElement | null>, key: string): boolean {
  const [inSight, setInSight] = useState(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a search takes the element away and brings another one
  useEffect(() => {
    const { current } = element
    if (current === null) return setInSight(false)
    const observer = new IntersectionObserver((entries) =>
      setInSight(entries.at(-1)?.isIntersecting ?? false),
    )
    observer.observe(current)
    return () => observer.disconnect()
  }, [element, key])
  return inSight
}
