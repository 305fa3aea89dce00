import { Button, Group } from '@mantine/core'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import type { Advice } from './use-advice.ts'

type Props = {
  advice: Advice | null
  opened: boolean
  onClose(): void
  onChange(preset: Advice['preset']): void
  onSend(): void
}

/** Asks before a model is sent with a preprocessing that its trial speaks against: it would use up a submission of the day. */
export function SendAnyway({ advice, opened, onClose, onChange, onSend }: Props) {
  const { t } = useTexts()
  return (
    <Dialog opened={opened && advice !== null} onClose={onClose} title={t('preflight.adviceTitle')}>
      <p>{advice?.text}</p>
      <Group justify="flex-end" mt="md">
        <Button
          variant="default"
          onClick={() => {
            onClose()
            onSend()
          }}
        >
          {t('preflight.sendAnyway')}
        </Button>
        <Button
          onClick={() => {
            onClose()
            if (advice !== null) onChange(advice.preset)
          }}
        >
          {advice?.change}
        </Button>
      </Group>
    </Dialog>
  )
}
