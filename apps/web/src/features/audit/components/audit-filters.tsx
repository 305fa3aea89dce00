import { Button, Group, NativeSelect, SimpleGrid } from '@mantine/core'
import { DayRangeFields } from '../../../components/ui/day-range-fields.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { SearchField } from '../../../components/ui/search-field.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { queryWithDays } from '../../../lib/search-texts.ts'
import type { AuditSearch } from '../audit-search.ts'

const groups = [
  'account',
  'announcement',
  'backup',
  'baseline',
  'dataset',
  'entry',
  'rescore',
  'roster',
  'round',
  'submission',
] as const

type Props = {
  search: AuditSearch
  /** Changes some of the search; an empty text takes a filter away. */
  onChange(change: AuditSearch): void
  onReset(): void
}

export function AuditFilters({ search, onChange, onReset }: Props) {
  const { t } = useTexts()
  const known = groups.find((group) => `${group}.` === search.action)
  return (
    <Panel title={t('table.filters')}>
      <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="sm">
        <SearchField
          label={t('audit.who')}
          initial={search.who ?? ''}
          onSearch={(who) => onChange({ who })}
        />
        <NativeSelect
          label={t('audit.action')}
          value={search.action ?? ''}
          onChange={(event) => onChange({ action: event.currentTarget.value })}
          data={[
            { value: '', label: t('table.all') },
            ...groups.map((group) => ({ value: `${group}.`, label: t(`audit.groups.${group}`) })),
            // An address may ask for one action.
            ...(search.action !== undefined && known === undefined ? [search.action] : []),
          ]}
        />
        <SearchField
          label={t('audit.subject')}
          initial={search.subject ?? ''}
          onSearch={(subject) => onChange({ subject })}
        />
        <DayRangeFields days={search} onChange={onChange} />
      </SimpleGrid>
      <Group mt="md">
        <Button variant="default" disabled={Object.keys(search).length === 0} onClick={onReset}>
          {t('table.reset')}
        </Button>
        <Button variant="default" component="a" href={`/api/audit.csv?${queryWithDays(search)}`} download>
          {t('audit.export')}
        </Button>
      </Group>
    </Panel>
  )
}
