import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { QueryView } from '../../components/ui/query-view.tsx'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { auditLogQuery } from '../../features/audit/api/audit.ts'
import { type AuditSearch, auditSearchKeys } from '../../features/audit/audit-search.ts'
import { AuditFilters } from '../../features/audit/components/audit-filters.tsx'
import { AuditList } from '../../features/audit/components/audit-list.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { queryWithDays, searchTexts } from '../../lib/search-texts.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/admin/audit')

export function AuditPage() {
  const { t } = useTexts()
  usePageTitle(t('audit.title'))
  const me = useQuery(meQuery)
  return (
    <>
      <h1>{t('audit.title')}</h1>
      <p className="muted">{t('audit.lead')}</p>
      <InstructorOnly me={me}>{() => <AuditLog />}</InstructorOnly>
    </>
  )
}

function AuditLog() {
  const { t } = useTexts()
  const search = route.useSearch()
  const navigate = useNavigate()
  const log = useInfiniteQuery(auditLogQuery(queryWithDays(search)))

  function show(next: AuditSearch): void {
    void navigate({ to: '/admin/audit', search: next, replace: true, resetScroll: false })
  }
  return (
    <>
      <AuditFilters
        // What is typed stays; a link to one subject, or none, starts the fields anew.
        key={search.subject ?? ''}
        search={search}
        onChange={(change) => show(searchTexts({ ...search, ...change }, auditSearchKeys))}
        onReset={() => show({})}
      />
      <QueryView query={log}>
        {({ pages }) => {
          const events = pages.flatMap((page) => page.events)
          const names = Object.fromEntries(pages.flatMap((page) => Object.entries(page.names)))
          return events.length === 0 ? <p>{t('audit.empty')}</p> : <AuditList {...{ events, names }} />
        }}
      </QueryView>
      {log.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {t('audit.more')}
        </Button>
      )}
    </>
  )
}
