import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ButtonLink } from '../../components/ui/button-link.tsx'
import { QueryView } from '../../components/ui/query-view.tsx'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import table from '../../components/ui/table.module.css'
import { meQuery } from '../../features/account/api/me.ts'
import { roundsQuery } from '../../features/rounds/api/rounds.ts'
import { StateBadge } from '../../features/rounds/components/state-badge.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { count } from '../../lib/format.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

export function AdminPage() {
  const { t } = useTexts()
  usePageTitle(t('admin.title'))
  const me = useQuery(meQuery)
  return (
    <>
      <h1>{t('admin.title')}</h1>
      <InstructorOnly me={me}>
        {() => (
          <>
            <ButtonLink to="/admin/new">{t('admin.create')}</ButtonLink>
            <Rounds />
          </>
        )}
      </InstructorOnly>
    </>
  )
}

function Rounds() {
  const { t } = useTexts()
  const rounds = useQuery(roundsQuery)
  return (
    <QueryView query={rounds}>
      {(list) =>
        list.length === 0 ? (
          <p>{t('admin.empty')}</p>
        ) : (
          <table className={table.table} style={{ marginTop: 24 }}>
            <caption>{t('admin.caption')}</caption>
            <tbody>
              {list.map((round) => (
                <tr key={round.slug}>
                  <th scope="row">
                    <Link to="/admin/rounds/$slug" params={{ slug: round.slug }}>
                      {round.title}
                    </Link>
                    <div className="muted">{round.dataset.name}</div>
                  </th>
                  <td>
                    <StateBadge state={round.state} />
                  </td>
                  <td className={table.right}>
                    {t('admin.submissions')} <b className="num">{count(round.admin?.submissionCount ?? 0)}</b>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }
    </QueryView>
  )
}
