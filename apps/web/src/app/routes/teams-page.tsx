import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { QueryView } from '../../components/ui/query-view.tsx'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { roundQuery } from '../../features/rounds/api/round.ts'
import { teamsQuery } from '../../features/rounds/api/teams.ts'
import { AddStudentForm } from '../../features/rounds/components/add-student-form.tsx'
import { TeamTable } from '../../features/rounds/components/team-table.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/admin/rounds/$slug/entries')

/** A round's teams in the hands of instructors. */
export function TeamsPage() {
  const { t } = useTexts()
  usePageTitle(t('team.adminTitle'))
  const { slug } = route.useParams()
  const me = useQuery(meQuery)
  return (
    <>
      <h1>{t('team.adminTitle')}</h1>
      <InstructorOnly me={me}>{() => <Teams slug={slug} />}</InstructorOnly>
    </>
  )
}

function Teams({ slug }: { slug: string }) {
  const { t } = useTexts()
  const round = useQuery(roundQuery(slug))
  const teams = useQuery(teamsQuery(slug))
  return (
    <>
      <p>
        <Link to="/admin/rounds/$slug" params={{ slug }}>
          {round.data?.title ?? slug}
        </Link>
      </p>
      <p className="muted">{t('team.adminLead')}</p>
      <QueryView query={teams}>
        {(list) => (
          <>
            <AddStudentForm slug={slug} teams={list} />
            <TeamTable slug={slug} teams={list} />
          </>
        )}
      </QueryView>
    </>
  )
}
