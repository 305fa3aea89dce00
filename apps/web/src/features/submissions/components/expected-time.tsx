import type { Submission } from '@taikai/shared/wire/submission'
import { useTexts } from '../../../i18n/i18n.ts'
import { duration } from '../../../lib/duration.ts'
import classes from './submission-progress.module.css'

/** In how long the score is there, and from what that is reckoned; an empty place where nobody knows. */
export function ExpectedTime({ submission }: { submission: Submission }) {
  const { t, locale } = useTexts()
  const { expectedSeconds } = submission
  if (expectedSeconds === null) return <p className={classes.expected} />
  const { low, high, runs } = expectedSeconds
  if (runs === null) {
    return (
      <p className={`${classes.expected} num`}>
        {t('scoring.left', { left: duration(Math.ceil(high), locale) })}
      </p>
    )
  }
  const [least, most] = [low, high].map((seconds) => duration(roughly(seconds), locale))
  return (
    <p className={classes.expected}>
      {least === most ? t('scoring.about', { high: most }) : t('scoring.between', { low: least, high: most })}
      <br />
      <span className="muted">{t('scoring.basis', { count: runs })}</span>
    </p>
  )
}

/** Up to the next five seconds: more exact would be pretended. */
function roughly(seconds: number): number {
  return Math.max(5, Math.ceil(seconds / 5) * 5)
}
