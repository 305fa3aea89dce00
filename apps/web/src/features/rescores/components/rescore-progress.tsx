import { Group, Progress } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Rescore } from '@taikai/shared/wire/rescore'
import { useQueryClient } from '@tanstack/react-query'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { endRescore } from '../api/rescores.ts'

/** How far a rescore is, and what can be done with it. */
export function RescoreProgress({ rescore }: { rescore: Rescore }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const { id, roundSlug, state } = rescore
  const { total, finished, failed } = rescore.runs
  const end = (action: 'make-live' | 'abandon', message: string) => async () => {
    await endRescore(roundSlug, id, action)
    notifications.show({ message })
    await queryClient.invalidateQueries()
  }
  const isOpen = state === 'running' || state === 'ready'
  return (
    <Panel title={t(`rescore.states.${state}`)}>
      <p className="num" role="status">
        {t('rescore.progress', { total, finished })}
      </p>
      <Progress.Root size="lg">
        <Progress.Section
          value={total === 0 ? 0 : (100 * finished) / total}
          color="shu"
          aria-label={t('rescore.progressLabel')}
        />
      </Progress.Root>
      {isOpen && failed > 0 && <p>{t('rescore.failed', { count: failed })}</p>}
      {isOpen && (
        <Group mt="md">
          <ConfirmButton
            label={t('rescore.makeLive')}
            question={t('rescore.makeLiveSure')}
            disabled={state !== 'ready' || failed > 0}
            onConfirm={end('make-live', t('rescore.madeLive'))}
          />
          <ConfirmButton
            label={t('rescore.abandon')}
            question={t('rescore.abandonSure')}
            onConfirm={end('abandon', t('rescore.abandoned'))}
          />
        </Group>
      )}
    </Panel>
  )
}
