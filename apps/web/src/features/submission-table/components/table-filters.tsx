import { Button, Group, NativeSelect, SimpleGrid } from '@mantine/core'
import { engineNames } from '@taikai/shared/model/engine-name'
import type { Round } from '@taikai/shared/wire/round'
import type { SubmissionStatus } from '@taikai/shared/wire/submission'
import { DayRangeFields } from '../../../components/ui/day-range-fields.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { SearchField } from '../../../components/ui/search-field.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { hasFilters, type TableSearch } from '../table-search.ts'

const statuses = [
  'QUEUED',
  'RUNNING',
  'SCORED',
  'REJECTED',
  'FAILED',
  'CANCELLED',
] as const satisfies readonly SubmissionStatus[]

type Props = {
  search: TableSearch
  rounds: readonly Pick<Round, 'slug' | 'title'>[]
  /** Changes some of the search; an empty text takes a filter away. */
  onChange(change: TableSearch): void
  onReset(): void
}

export function TableFilters({ search, rounds, onChange, onReset }: Props) {
  const { t } = useTexts()
  const all = { value: '', label: t('table.all') }
  return (
    <Panel title={t('table.filters')}>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        <SearchField label={t('table.q')} initial={search.q ?? ''} onSearch={(q) => onChange({ q })} />
        <NativeSelect
          label={t('table.round')}
          value={search.round ?? ''}
          onChange={(event) => onChange({ round: event.currentTarget.value })}
          data={[all, ...rounds.map(({ slug, title }) => ({ value: slug, label: title }))]}
        />
        <NativeSelect
          label={t('submission.state')}
          value={search.status ?? ''}
          onChange={(event) => onChange({ status: event.currentTarget.value })}
          data={[all, ...statuses.map((value) => ({ value, label: t(`submission.status.${value}`) }))]}
        />
        <NativeSelect
          label={t('table.kind')}
          value={search.kind ?? ''}
          onChange={(event) => onChange({ kind: event.currentTarget.value })}
          data={[
            all,
            { value: 'TEAM', label: t('table.kinds.TEAM') },
            { value: 'BASELINE', label: t('table.kinds.BASELINE') },
          ]}
        />
        <NativeSelect
          label={t('table.disqualified')}
          value={search.disqualified ?? ''}
          onChange={(event) => onChange({ disqualified: event.currentTarget.value })}
          data={[
            all,
            { value: 'yes', label: t('table.disqualifiedOnly') },
            { value: 'no', label: t('table.disqualifiedNot') },
          ]}
        />
        <NativeSelect
          label={t('submission.engine')}
          value={search.engine ?? ''}
          onChange={(event) => onChange({ engine: event.currentTarget.value })}
          data={[all, ...engineNames]}
        />
        <DayRangeFields days={search} onChange={onChange} />
      </SimpleGrid>
      <Group mt="md">
        <Button variant="default" disabled={!hasFilters(search)} onClick={onReset}>
          {t('table.reset')}
        </Button>
      </Group>
    </Panel>
  )
}
