import { useTexts } from '../../i18n/i18n.ts'
import { dateTimeInBothZones } from '../../lib/format.ts'

/** An instant in the round's zone, and in the viewer's own where that differs. */
export function RoundTime({ instant, timeZone }: { instant: string; timeZone: string }) {
  const { t, locale } = useTexts()
  const { round, viewer } = dateTimeInBothZones(instant, locale, timeZone)
  return (
    <time dateTime={instant} className="num" style={{ display: 'inline-block' }}>
      {round}
      {viewer !== null && <span className="muted"> ({t('rounds.yourTime', { time: viewer })})</span>}
    </time>
  )
}

/** The same as words within a sentence. */
export function useRoundTime(timeZone: string): (instant: string) => string {
  const { t, locale } = useTexts()
  return (instant) => {
    const { round, viewer } = dateTimeInBothZones(instant, locale, timeZone)
    return viewer === null ? round : `${round} (${t('rounds.yourTime', { time: viewer })})`
  }
}
