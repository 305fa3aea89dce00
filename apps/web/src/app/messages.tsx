import { MantineThemeProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useTexts } from '../i18n/i18n.ts'
import '@mantine/notifications/styles.css'
import classes from './messages.module.css'

/** Short messages. Their close button has only a cross: its name comes from here, in the viewer's language. */
export default function Messages() {
  const { t } = useTexts()
  const closeButtonProps = { 'aria-label': t('app.close') }
  const notification = {
    // What went wrong says so, in red.
    defaultProps: { closeButtonProps, color: 'ai' },
    styles: { description: { color: 'var(--ink-2)' } },
  }
  return (
    <MantineThemeProvider theme={{ components: { Notification: notification } }}>
      <Notifications position="bottom-center" classNames={{ root: classes.root }} />
    </MantineThemeProvider>
  )
}
