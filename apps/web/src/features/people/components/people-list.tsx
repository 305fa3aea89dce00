import { Group, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type PersonState, personStateSchema } from '@taikai/shared/wire/person'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { QueryView } from '../../../components/ui/query-view.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import { peopleQuery } from '../api/people.ts'
import { PeopleTable } from './people-table.tsx'

const typingMs = 200

/** Everybody, narrowed down by what is typed. */
export function PeopleList() {
  const { t } = useTexts()
  const [search, setSearch] = useState('')
  const [state, setState] = useState<PersonState | null>(null)
  const [asked] = useDebouncedValue(search.trim(), typingMs)
  const people = useQuery({
    ...peopleQuery({ ...(asked !== '' && { search: asked }), ...(state !== null && { state }) }),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <Group align="end" my="md">
        <TextInput
          type="search"
          label={t('people.search')}
          value={search}
          maxLength={100}
          onChange={(event) => setSearch(event.currentTarget.value)}
          style={{ flex: '1 1 260px' }}
        />
        <Select
          label={t('people.state')}
          placeholder={t('people.anyState')}
          clearable
          clearButtonProps={{ 'aria-label': t('people.anyState') }}
          value={state}
          data={personStateSchema.options.map((value) => ({ value, label: t(`people.${value}`) }))}
          onChange={(value) => setState(personStateSchema.options.find((known) => known === value) ?? null)}
        />
      </Group>
      <QueryView query={people}>
        {({ people: rows, total }) => (
          <>
            <PeopleTable people={rows} />
            {rows.length < total && (
              <p className="muted">{t('people.more', { total: count(total), shown: count(rows.length) })}</p>
            )}
          </>
        )}
      </QueryView>
    </>
  )
}
