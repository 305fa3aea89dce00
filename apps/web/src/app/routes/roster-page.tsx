import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { QueryView } from '../../components/ui/query-view.tsx'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { RosterForm } from '../../features/people/components/roster-form.tsx'
import { roundsQuery } from '../../features/rounds/api/rounds.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

export function RosterPage() {
  const { t } = useTexts()
  usePageTitle(t('roster.title'))
  const me = useQuery(meQuery)
  return (
    <>
      <h1>{t('roster.title')}</h1>
      <InstructorOnly me={me}>{() => <Roster />}</InstructorOnly>
    </>
  )
}

function Roster() {
  const { t } = useTexts()
  const rounds = useQuery(roundsQuery)
  return (
    <>
      <p>
        <Link to="/admin/people">{t('people.back')}</Link>
      </p>
      <QueryView query={rounds}>{(list) => <RosterForm rounds={list} />}</QueryView>
    </>
  )
}
