import { useMediaQuery } from '@mantine/hooks'
import { tableSorts } from '@taikai/shared/submission-table'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { QueryView } from '../../components/ui/query-view.tsx'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { roundsQuery } from '../../features/rounds/api/rounds.ts'
import { tablePageQuery } from '../../features/submission-table/api/table.ts'
import { BulkBar } from '../../features/submission-table/components/bulk-bar.tsx'
import { ColumnChoice } from '../../features/submission-table/components/column-choice.tsx'
import { SubmissionTable } from '../../features/submission-table/components/submission-table.tsx'
import { chosenColumns } from '../../features/submission-table/components/table-columns.tsx'
import { TableFilters } from '../../features/submission-table/components/table-filters.tsx'
import { type TableSearch, tableSearchKeys } from '../../features/submission-table/table-search.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { count } from '../../lib/format.ts'
import { queryWithDays, searchTexts } from '../../lib/search-texts.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/admin/submissions')

export function AllSubmissionsPage() {
  const { t } = useTexts()
  usePageTitle(t('table.title'))
  const me = useQuery(meQuery)
  return (
    <>
      <h1>{t('table.title')}</h1>
      <p className="muted">{t('table.lead')}</p>
      <InstructorOnly me={me}>{() => <Submissions />}</InstructorOnly>
    </>
  )
}

function Submissions() {
  const { t } = useTexts()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { data: rounds = [] } = useQuery(roundsQuery)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [resets, setResets] = useState(0)
  const narrow = useMediaQuery('(max-width: 640px)') ?? false
  const { columns: asked, ...filter } = search
  const query = queryWithDays(filter)
  const firstPage = useQuery({ ...tablePageQuery(query, 0), placeholderData: keepPreviousData })
  const columns = chosenColumns(asked, narrow)
  const sort = tableSorts.find((known) => known === search.sort) ?? 'received'

  function change(changes: TableSearch): void {
    const next = searchTexts({ ...search, ...changes }, tableSearchKeys)
    void navigate({ to: '/admin/submissions', search: next, replace: true, resetScroll: false })
  }
  function select(ids: readonly string[], isSelected: boolean): void {
    const next = new Set(selected)
    for (const id of ids) isSelected ? next.add(id) : next.delete(id)
    setSelected(next)
  }
  return (
    <>
      <TableFilters
        key={resets}
        search={search}
        rounds={rounds}
        onChange={change}
        onReset={() => {
          setResets(resets + 1)
          const { sort: order, order: direction, columns: shown } = search
          const kept = searchTexts({ sort: order, order: direction, columns: shown }, tableSearchKeys)
          void navigate({ to: '/admin/submissions', search: kept, replace: true, resetScroll: false })
        }}
      />
      <ColumnChoice chosen={columns} onChange={(keys) => change({ columns: keys.join(',') || 'none' })} />
      <QueryView query={firstPage}>
        {({ total }) => (
          <>
            <p className="num" role="status" style={{ margin: 0 }}>
              {t('table.found', { total: count(total) })}
            </p>
            <BulkBar selected={selected} onClear={() => setSelected(new Set())} />
            {total === 0 ? (
              <p>{t('table.empty')}</p>
            ) : (
              <SubmissionTable
                // Another list begins at its top.
                key={query}
                query={query}
                total={total}
                columns={columns}
                order={{ sort, order: search.order === 'asc' ? 'asc' : 'desc' }}
                onSort={(order) => change(order)}
                selected={selected}
                onSelect={select}
              />
            )}
          </>
        )}
      </QueryView>
    </>
  )
}
