import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import classes from './hour-chart.module.css'

/** Submissions of each of the last hours, the oldest first, as bars; the sentence above says the same in short. */
export function HourChart({ perHour }: { perHour: readonly number[] }) {
  const { t } = useTexts()
  const total = perHour.reduce((sum, each) => sum + each, 0)
  const most = Math.max(...perHour)
  const hours = perHour.length - perHour.indexOf(most)
  const peak = { count: most, hours, before: hours - 1 }
  return (
    <figure className={classes.figure}>
      <figcaption>
        {t('overview.perHour', { total: count(total) })}
        {total > 0 && <span className="muted"> {t('overview.peak', peak)}</span>}
      </figcaption>
      <div className={classes.bars} aria-hidden="true">
        {perHour.map((each, hour) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an hour is told by its place alone
          <span key={hour} style={{ height: `${most === 0 ? 0 : (100 * each) / most}%` }} />
        ))}
      </div>
      <div className={`${classes.axis} muted`} aria-hidden="true">
        <span>{t('overview.dayAgo')}</span>
        <span>{t('overview.now')}</span>
      </div>
    </figure>
  )
}
