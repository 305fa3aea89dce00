/**
 * What the browser lets this page do about notifications: `unsupported` also on plain http, where browsers offer none, and where
 * they turn out to come from service workers only (Chrome on Android).
 */
export type NotificationState = NotificationPermission | 'unsupported'

let refused = false

export function notificationState(): NotificationState {
  return refused || !('Notification' in window) || !window.isSecureContext
    ? 'unsupported'
    : Notification.permission
}

/** Asks the person; only ever after they pressed a button for it. */
export async function askForNotifications(): Promise<NotificationState> {
  await Notification.requestPermission()
  return notificationState()
}

/** Shows a notification; the same `tag` is shown once, whichever tab shows it. Gives whether it could be shown. */
export function notify(title: string, body: string, tag: string, onClick: () => void): boolean {
  if (notificationState() !== 'granted') return false
  let notification: Notification
  try {
    notification = new Notification(title, { body, tag, icon: '/favicon.svg' })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    refused = true
    return false
  }
  notification.addEventListener('click', () => {
    window.focus()
    notification.close()
    onClick()
  })
  return true
}
