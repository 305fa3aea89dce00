import type { ChangeEffect } from '@taikai/shared/wire/round-changes'
import { useTexts } from '../../../i18n/i18n.ts'
import { count, dateTime, fileSize } from '../../../lib/format.ts'

/** The words for what a change of a round does. */
export function useEffectTexts(timeZone: string) {
  const { t, locale } = useTexts()
  const date = (instant: string | null) =>
    instant === null ? t('changes.none') : dateTime(instant, locale, timeZone)
  const limit = (value: number | null) => (value === null ? t('changes.noLimit') : count(value))

  /** What happens, and to how many. */
  function sentence(effect: ChangeEffect): string {
    switch (effect.code) {
      case 'DATE':
        return t(`changes.effects.DATE.${effect.date}`)
      case 'VISITORS':
        return t(`changes.effects.VISITORS.${effect.visible ? 'yes' : 'no'}`)
      case 'METRIC':
      case 'QUOTA_DAY':
      case 'QUOTA_TOTAL':
      case 'FINAL_PICKS':
      case 'TEAM_SIZE':
        return t(`changes.effects.${effect.code}`, { teams: count(effect.teams) })
      case 'LATE_SUBMISSIONS':
      case 'UPLOAD_BYTES':
      case 'PARAMETERS':
      case 'MACS':
      case 'LAYERS':
        return t(`changes.effects.${effect.code}`, { submissions: count(effect.submissions) })
      default:
        return t(`changes.effects.${effect.code}`)
    }
  }

  /** What was and what will be; null where there is nothing to compare. */
  function values(effect: ChangeEffect): string | null {
    const pair = pairOf(effect)
    return pair === null ? null : t('changes.arrow', { from: pair[0], to: pair[1] })
  }

  function pairOf(effect: ChangeEffect): [from: string, to: string] | null {
    switch (effect.code) {
      case 'STATE':
        return [t(`state.${effect.from}`), t(`state.${effect.to}`)]
      case 'DATE':
        return [date(effect.from), date(effect.to)]
      case 'METRIC':
        return [t(`rules.metrics.${effect.from}`), t(`rules.metrics.${effect.to}`)]
      case 'NAMES':
        return [t(`rules.namesText.${effect.from}`), t(`rules.namesText.${effect.to}`)]
      case 'JOIN_POLICY':
        return [t(`roundForm.joinPolicies.${effect.from}`), t(`roundForm.joinPolicies.${effect.to}`)]
      case 'UPLOAD_BYTES':
        return [fileSize(effect.from), fileSize(effect.to)]
      case 'QUOTA_DAY':
      case 'QUOTA_TOTAL':
      case 'PARAMETERS':
      case 'MACS':
      case 'FINAL_PICKS':
      case 'TEAM_SIZE':
      case 'PUBLIC_SHARE':
        return [limit(effect.from), limit(effect.to)]
      case 'TIME_ZONE':
      case 'DATASET':
        return [effect.from, effect.to]
      default:
        return null
    }
  }

  return { sentence, values }
}
