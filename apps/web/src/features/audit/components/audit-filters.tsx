import { Button, Group, NativeSelect, SimpleGrid, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { queryWithDays } from '../../../lib/search-texts.ts'
import type { AuditSearch } from '../audit-search.ts'

const typingMs = 300
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
  const [who, setWho] = useState(search.who ?? '')
  const [subject, setSubject] = useState(search.subject ?? '')
  const changeText = useDebouncedCallback(onChange, typingMs)
  const known = groups.find((group) => `${group}.` === search.action)
  return (
    <Panel title={t('table.filters')}>
      <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="sm">
        <TextInput
          type="search"
          label={t('audit.who')}
          maxLength={100}
          value={who}
          onChange={({ currentTarget: { value } }) => {
            setWho(value)
            changeText({ who: value })
          }}
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
        <TextInput
          type="search"
          label={t('audit.subject')}
          maxLength={100}
          value={subject}
          onChange={({ currentTarget: { value } }) => {
            setSubject(value)
            changeText({ subject: value })
          }}
        />
        <TextInput
          type="date"
          label={t('table.from')}
          value={search.from ?? ''}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('table.to')}
          value={search.to ?? ''}
          onChange={(event) => onChange({ to: event.currentTarget.value })}
        />
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
