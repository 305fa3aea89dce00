import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTexts } from '../../../i18n/i18n.ts'
import { isLoopback } from '../../../lib/loopback.ts'
import { meQuery } from '../api/me.ts'

/** Beside what instructors hand out: links begin with this page's address, which may lead to nothing on other devices. */
export function LocalAddressNote() {
  const { t } = useTexts()
  const { data: me } = useQuery(meQuery)
  if (me?.role !== 'INSTRUCTOR' || !isLoopback(window.location.hostname)) return null
  return (
    <Alert role="note" color="shu" variant="light" c="var(--ink)" my="sm">
      {t('admin.localAddress')}
    </Alert>
  )
}
