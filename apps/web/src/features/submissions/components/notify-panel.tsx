import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'
import { askForNotifications, notificationState, notify } from '../../../lib/browser-notification.ts'
import classes from './submission-progress.module.css'

/** How one hears of a score, and the button by which the browser may tell of it, too. */
export function NotifyPanel() {
  const { t } = useTexts()
  const [state, setState] = useState(notificationState)

  async function ask(): Promise<void> {
    const answer = await askForNotifications()
    if (answer === 'granted') notify(t('app.name'), t('told.works'), 'taikai-works', () => undefined)
    setState(notificationState())
  }

  return (
    <div className={classes.notify}>
      <p className="muted" role="status">
        {state === 'granted' ? t('told.asked') : state === 'denied' ? t('told.denied') : t('told.here')}
      </p>
      {state === 'default' && (
        <Button variant="default" onClick={() => void ask()}>
          {t('told.ask')}
        </Button>
      )}
    </div>
  )
}
