import type { RoundState } from '@taikai/shared/round-state'
import { useTexts } from '../../../i18n/i18n.ts'
import classes from './state-badge.module.css'

export function StateBadge({ state }: { state: RoundState }) {
  const { t } = useTexts()
  return (
    <span className={classes.badge} data-state={state}>
      {t(`state.${state}`)}
    </span>
  )
}
