import type { Person } from '@taikai/shared/wire/person'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Email } from '../../components/ui/email.tsx'
import { Facts } from '../../components/ui/facts.tsx'
import { QueryView } from '../../components/ui/query-view.tsx'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { personQuery } from '../../features/people/api/people.ts'
import { LinkPanel } from '../../features/people/components/link-panel.tsx'
import { PersonActions } from '../../features/people/components/person-actions.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { dateTime } from '../../lib/format.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/admin/people/$id')

/** One account in the hands of instructors. */
export function PersonPage() {
  const { id } = route.useParams()
  const me = useQuery(meQuery)
  return (
    <InstructorOnly me={me}>
      {(viewer) => <Loaded key={id} id={id} isSelf={viewer.id === id} />}
    </InstructorOnly>
  )
}

function Loaded({ id, isSelf }: { id: string; isSelf: boolean }) {
  const { t } = useTexts()
  const person = useQuery(personQuery(id))
  usePageTitle(person.data?.name ?? t('people.title'))
  return (
    <QueryView query={person}>
      {(data) => (
        <>
          <PersonFacts person={data} />
          <LinkPanel person={data} />
          {isSelf ? <p className="muted">{t('people.self')}</p> : <PersonActions person={data} />}
        </>
      )}
    </QueryView>
  )
}

function PersonFacts({ person }: { person: Person }) {
  const { t, locale } = useTexts()
  const { name, email, studentNumber, role, state, lastSignInAt, entries } = person
  return (
    <>
      <h1>{name}</h1>
      <p>
        <Link to="/admin/people">{t('people.back')}</Link>
      </p>
      <Facts
        facts={[
          [t('people.email'), <Email key="email" address={email} />],
          [t('people.number'), studentNumber ?? '–'],
          [t('account.role'), t(`account.${role}`)],
          [t('people.state'), t(`people.${state}`)],
          [
            t('people.lastSignIn'),
            lastSignInAt === null ? t('people.never') : dateTime(lastSignInAt, locale),
          ],
          [
            t('people.entries'),
            entries.length === 0
              ? t('people.noEntries')
              : entries.map(({ roundSlug: slug, roundTitle, name: entryName }) => (
                  <div key={slug}>
                    <Link to="/admin/rounds/$slug/entries" params={{ slug }}>
                      {roundTitle}
                    </Link>{' '}
                    {entryName}
                  </div>
                )),
          ],
        ]}
      />
    </>
  )
}
