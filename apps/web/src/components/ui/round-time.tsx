import { useSyncExternalStore } from 'react'
import { useTexts } from '../../i18n/i18n.ts'
import { dateTime, dateTimeInBothZones, isElsewhere } from '../../lib/format.ts'

/** An instant in the round's zone, and in the viewer's own where that differs. */
export function RoundTime({ instant, timeZone }: { instant: string; timeZone: string }) {
  const { t } = useTexts()
  const { round, viewer } = useZones(timeZone)(instant)
  return (
    <time dateTime={instant} className="num" style={{ display: 'inline-block' }}>
      {round}
      {viewer !== null && <span className="muted"> ({t('rounds.yourTime', { time: viewer })})</span>}
    </time>
  )
}

/** The same as words within a sentence. */
export function useRoundTime(timeZone: string): (instant: string) => string {
  const { t } = useTexts()
  const zones = useZones(timeZone)
  return (instant) => {
    const { round, viewer } = zones(instant)
    return viewer === null ? round : `${round} (${t('rounds.yourTime', { time: viewer })})`
  }
}

const never = () => () => {}

/** The server does not know the viewer's zone: what it writes has the round's only, and the other is added in the browser. */
function useZones(timeZone: string): (instant: string) => { round: string; viewer: string | null } {
  const { locale } = useTexts()
  const elsewhere = useSyncExternalStore(
    never,
    () => isElsewhere(timeZone),
    () => false,
  )
  return (instant) =>
    elsewhere
      ? dateTimeInBothZones(instant, locale, timeZone)
      : { round: dateTime(instant, locale, timeZone), viewer: null }
}
