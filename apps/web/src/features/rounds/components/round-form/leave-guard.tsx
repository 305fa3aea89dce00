import { Button, Group } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { Dialog } from '../../../../components/ui/dialog.tsx'
import { useTexts } from '../../../../i18n/i18n.ts'

/** Asks before the page is left while something on it is not saved. */
export function LeaveGuard({ unsaved }: { unsaved: boolean }) {
  const { t } = useTexts()
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved && next.pathname !== current.pathname,
    enableBeforeUnload: unsaved,
    withResolver: true,
  })
  if (status !== 'blocked') return null
  return (
    <Dialog opened onClose={reset} title={t('roundForm.leaveTitle')}>
      <p>{t('roundForm.leaveSure')}</p>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={proceed}>
          {t('roundForm.leave')}
        </Button>
        <Button onClick={reset}>{t('roundForm.stay')}</Button>
      </Group>
    </Dialog>
  )
}
