import { Button, FileInput, Group, Select } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { RosterReport } from '@taikai/shared/wire/roster'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ButtonLink } from '../../../components/ui/button-link.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { sendRoster } from '../api/roster.ts'
import { RosterLines } from './roster-lines.tsx'

type Result = { report: RosterReport; dryRun: boolean }

/** Chooses a roster, shows what would become of each line, and imports it. */
export function RosterForm({ rounds }: { rounds: readonly { slug: string; title: string }[] }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [round, setRound] = useState<string | null>(null)
  const send = useMutation({
    mutationFn: async ({ file: chosen, dryRun }: { file: File; dryRun: boolean }): Promise<Result> => ({
      report: await sendRoster(chosen, { round, dryRun }),
      dryRun,
    }),
    onSuccess: async ({ dryRun }) => {
      if (dryRun) return
      notifications.show({ message: t('roster.imported') })
      await queryClient.invalidateQueries({ queryKey: ['people'] })
    },
  })
  return (
    <>
      <Panel title={t('roster.file')}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (file !== null) send.mutate({ file, dryRun: true })
          }}
        >
          <FileInput
            label={t('roster.file')}
            description={t('roster.lead')}
            placeholder={t('roster.choose')}
            accept=".csv,.txt,text/csv"
            clearable
            clearButtonProps={{ 'aria-label': t('roster.clear') }}
            value={file}
            onChange={(chosen) => {
              setFile(chosen)
              send.reset()
            }}
          />
          <Select
            mt="sm"
            label={t('roster.round')}
            description={t('roster.roundHint')}
            placeholder={t('roster.noRound')}
            clearable
            clearButtonProps={{ 'aria-label': t('roster.noRound') }}
            value={round}
            data={rounds.map(({ slug, title }) => ({ value: slug, label: title }))}
            onChange={(slug) => {
              setRound(slug)
              send.reset()
            }}
          />
          <ProblemAlert error={send.error} />
          <Button type="submit" mt="lg" variant="default" disabled={file === null} loading={send.isPending}>
            {t('roster.dryRun')}
          </Button>
        </form>
      </Panel>
      {send.data !== undefined && file !== null && (
        <RosterResult
          result={send.data}
          isPending={send.isPending}
          onImport={() => send.mutate({ file, dryRun: false })}
        />
      )}
    </>
  )
}

type ResultProps = { result: Result; isPending: boolean; onImport(): void }

function RosterResult({ result: { report, dryRun }, isPending, onImport }: ResultProps) {
  const { t, gap } = useTexts()
  const changed = report.lines.filter(
    ({ fate, team }) => fate === 'invited' || fate === 'updated' || team !== null,
  ).length
  const isFaulty = report.lines.some(({ fate }) => fate === 'error')
  return (
    <Panel title={t('roster.result')}>
      <p role="status">
        {t(dryRun ? 'roster.preview' : 'roster.done')}
        {isFaulty && `${gap}${t(dryRun ? 'roster.previewFaulty' : 'roster.doneFaulty')}`}
      </p>
      <RosterLines report={report} />
      {dryRun && changed === 0 && <p>{t('roster.nothing')}</p>}
      {dryRun && changed > 0 && (
        <Button mt="md" loading={isPending} onClick={onImport}>
          {t('roster.import', { count: changed })}
        </Button>
      )}
      {!dryRun && (
        <Group mt="md">
          <ButtonLink to="/admin/people/invitations">{t('people.toInvitations')}</ButtonLink>
          <span className="muted">{t('roster.next')}</span>
        </Group>
      )}
    </Panel>
  )
}
