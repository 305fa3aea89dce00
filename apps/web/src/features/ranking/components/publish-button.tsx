import { Checkbox } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Round } from '@taikai/shared/wire/round'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { RequestError } from '../../../lib/request-error.ts'
import { publishRound } from '../api/publish-round.ts'

/** Publishes a closed round. Where runs are unfinished, the server says how many, and they can be left out on purpose. */
export function PublishButton({ round: { slug, title } }: { round: Pick<Round, 'slug' | 'title'> }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const [unfinished, setUnfinished] = useState(0)
  const [ignored, setIgnored] = useState(false)

  async function publish(): Promise<void> {
    try {
      await publishRound(slug, { unfinished: ignored ? 'ignore' : 'refuse' })
    } catch (error) {
      setUnfinished(unfinishedRuns(error))
      throw error
    }
    notifications.show({ message: t('publish.done') })
    void queryClient.invalidateQueries()
  }

  return (
    <ConfirmButton label={t('publish.action')} question={t('publish.sure', { title })} onConfirm={publish}>
      {unfinished > 0 && (
        <Checkbox
          my="md"
          label={t('publish.ignore', { count: unfinished })}
          checked={ignored}
          onChange={(event) => setIgnored(event.currentTarget.checked)}
        />
      )}
    </ConfirmButton>
  )
}

function unfinishedRuns(error: unknown): number {
  const problem = error instanceof RequestError ? error.problem : null
  return problem?.code === 'ROUND_RUNS_UNFINISHED' ? Number(problem.params.count) : 0
}
