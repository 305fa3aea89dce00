import { adviseAgainst, type Tried } from '@taikai/shared/preflight/advise'
import type { PreprocessingPreset } from '@taikai/shared/preprocessing'
import { useTexts } from '../../../i18n/i18n.ts'
import { percent } from '../../../lib/format.ts'

/** The preprocessing that does clearly better than the chosen one, in words; null where none was found. */
export function useAdvice(chosen: PreprocessingPreset, tried: readonly Tried[]) {
  const { t } = useTexts()
  const own = tried.find(({ preset }) => preset === chosen)
  const better = adviseAgainst(chosen, tried)
  if (own === undefined || better === null) return null
  const name = (preset: PreprocessingPreset) => t(`submit.presets.${preset}`)
  const shares = {
    own: percent(own.trial.correct / own.trial.total),
    other: percent(better.trial.correct / better.trial.total),
  }
  return {
    preset: better.preset,
    text: t('preflight.advice', { chosen: name(chosen), best: name(better.preset), ...shares }),
    change: t('preflight.change', { best: name(better.preset) }),
  }
}
export type Advice = NonNullable<ReturnType<typeof useAdvice>>
