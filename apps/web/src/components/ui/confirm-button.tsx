import { Button, Group } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTexts } from '../../i18n/i18n.ts'
import { focusPage } from '../../lib/focus-page.ts'
import { Dialog } from './dialog.tsx'
import { ProblemAlert } from './problem-alert.tsx'

type Props = {
  label: string
  question: string
  disabled?: boolean
  onConfirm(): Promise<unknown>
  children?: ReactNode
}

/** A button for what cannot be taken back: says what will happen, and asks first. A refusal is shown in the dialog, before `children`. */
export function ConfirmButton({ label, question, disabled = false, onConfirm, children }: Props) {
  const { t } = useTexts()
  const [opened, setOpened] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const confirmed = useRef(false)
  // What was confirmed often takes the button away, and with it the place where the focus was.
  useEffect(
    () => () => {
      if (confirmed.current && document.activeElement === document.body) focusPage()
    },
    [],
  )

  async function confirm(): Promise<void> {
    setBusy(true)
    setError(null)
    try {
      await onConfirm()
      confirmed.current = true
      setOpened(false)
    } catch (cause) {
      setError(cause)
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Button variant="default" disabled={disabled} onClick={() => setOpened(true)}>
        {label}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={label}>
        <p>{question}</p>
        {children}
        <ProblemAlert error={error} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setOpened(false)}>
            {t('app.cancel')}
          </Button>
          <Button loading={busy} onClick={() => void confirm()}>
            {label}
          </Button>
        </Group>
      </Dialog>
    </>
  )
}
