import { Group, Select } from '@mantine/core'
import { type PersonState, personStateSchema } from '@taikai/shared/wire/person'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { QueryView } from '../../../components/ui/query-view.tsx'
import { SearchField } from '../../../components/ui/search-field.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import { peopleQuery } from '../api/people.ts'
import { PeopleTable } from './people-table.tsx'

/** Everybody, narrowed down by what is typed. */
export function PeopleList() {
  const { t } = useTexts()
  const [search, setSearch] = useState('')
  const [state, setState] = useState<PersonState | null>(null)
  const people = useQuery({
    ...peopleQuery({ ...(search !== '' && { search }), ...(state !== null && { state }) }),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <Group align="end" my="md">
        <SearchField
          label={t('people.search')}
          initial=""
          onSearch={(text) => setSearch(text.trim())}
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
