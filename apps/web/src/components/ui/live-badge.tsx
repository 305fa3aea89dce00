import { useTexts } from '../../i18n/i18n.ts'
import { useLiveState } from '../../lib/live-events.ts'
import classes from './live-badge.module.css'

/** Whether new results appear by themselves right now. */
export function LiveBadge() {
  const { t } = useTexts()
  const state = useLiveState()
  return (
    <span className={classes.badge} data-state={state} title={t(`live.${state}Hint`)}>
      {t(`live.${state}`)}
    </span>
  )
}
