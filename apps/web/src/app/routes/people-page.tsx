import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '../../components/ui/button-link.tsx'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { PeopleList } from '../../features/people/components/people-list.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

export function PeoplePage() {
  const { t } = useTexts()
  usePageTitle(t('people.title'))
  const me = useQuery(meQuery)
  return (
    <>
      <h1>{t('people.title')}</h1>
      <p className="muted">{t('people.lead')}</p>
      <InstructorOnly me={me}>
        {() => (
          <>
            <Group>
              <ButtonLink to="/admin/people/roster">{t('people.toRoster')}</ButtonLink>
              <ButtonLink to="/admin/people/invitations" variant="default">
                {t('people.toInvitations')}
              </ButtonLink>
            </Group>
            <PeopleList />
          </>
        )}
      </InstructorOnly>
    </>
  )
}
