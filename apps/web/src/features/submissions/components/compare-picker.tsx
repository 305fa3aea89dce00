import { Group, NativeSelect } from '@mantine/core'
import type { Submission } from '@taikai/shared/wire/submission'
import { useState } from 'react'
import { ButtonLink } from '../../../components/ui/button-link.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { dateTime, percent } from '../../../lib/format.ts'

type Props = { submission: Submission; others: readonly Submission[] }

/** Leads to the comparison with another scored submission of the same team, where there is one. */
export function ComparePicker({ submission, others }: Props) {
  const { t, locale } = useTexts()
  const comparable = others.filter(
    ({ id, entryId, score }) => id !== submission.id && entryId === submission.entryId && score !== null,
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const [first] = comparable
  if (submission.score === null || first === undefined) return null
  const other = comparable.find(({ id }) => id === chosen) ?? first
  return (
    <Panel title={t('comparison.panel')}>
      <p className="muted">{t('comparison.panelLead')}</p>
      <Group align="end">
        <NativeSelect
          label={t('comparison.choose')}
          value={other.id}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={comparable.map(({ id, label, receivedAt, score }) => ({
            value: id,
            label: [
              label === '' ? t('submission.untitled') : label,
              dateTime(receivedAt, locale),
              score === null ? '' : `${percent(score.correct / score.total)}%`,
            ].join(' · '),
          }))}
        />
        <ButtonLink
          to="/submissions/$id/compare/$other"
          params={{ id: submission.id, other: other.id }}
          variant="default"
        >
          {t('comparison.go')}
        </ButtonLink>
      </Group>
    </Panel>
  )
}
