import { useNotifications } from '@mantine/notifications'
import { lazy, Suspense, useState } from 'react'

// What draws messages is a tenth of what the ranking loads, and few visits have one.
const Messages = lazy(() => import('./messages.tsx'))

/** Where short messages appear, from the first one on. */
export function MessageHost() {
  const { notifications } = useNotifications()
  const [used, setUsed] = useState(false)
  if (!used && notifications.length > 0) setUsed(true)
  if (!used) return null
  return (
    <Suspense>
      <Messages />
    </Suspense>
  )
}
