import { Button, Group } from '@mantine/core'
import type { ChangeEffect } from '@taikai/shared/wire/round-changes'
import { useMutation } from '@tanstack/react-query'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { useEffectTexts } from './use-effect-texts.ts'

type Props = {
  effects: readonly ChangeEffect[]
  /** Of the round, for its dates. */
  timeZone: string
  onConfirm(): Promise<unknown>
  onClose(): void
}

/** Says what a change of a round that has begun does to whom, and asks. */
export function ChangeDialog({ effects, timeZone, onConfirm, onClose }: Props) {
  const { t } = useTexts()
  const { sentence, values } = useEffectTexts(timeZone)
  const save = useMutation({ mutationFn: onConfirm, onSuccess: onClose })
  return (
    <Dialog opened onClose={onClose} title={t('changes.title')} size="lg">
      <p>{t('changes.lead')}</p>
      <ul>
        {effects.map((effect) => {
          const shown = values(effect)
          return (
            <li key={JSON.stringify(effect)} style={{ marginBottom: 8 }}>
              {sentence(effect)}
              {shown !== null && <div className="muted">{shown}</div>}
            </li>
          )
        })}
      </ul>
      <ProblemAlert error={save.error} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button loading={save.isPending} onClick={() => save.mutate()}>
          {t('changes.confirm')}
        </Button>
      </Group>
    </Dialog>
  )
}
