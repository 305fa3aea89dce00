import type { PersonLink } from '@taikai/shared/wire/person'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { QueryView } from '../../components/ui/query-view.tsx'
import { InstructorOnly } from '../../components/ui/signed-in-only.tsx'
import { meQuery } from '../../features/account/api/me.ts'
import { LocalAddressNote } from '../../features/account/components/local-address-note.tsx'
import { peopleQuery } from '../../features/people/api/people.ts'
import { InvitationMaker } from '../../features/people/components/invitation-maker.tsx'
import classes from '../../features/people/components/invitation-sheet.module.css'
import { InvitationSheet } from '../../features/people/components/invitation-sheet.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

/** As many as one roster can bring. */
const allInvited = { state: 'invited', limit: 2000 } as const

export function InvitationsPage() {
  const { t } = useTexts()
  usePageTitle(t('invitations.title'))
  const me = useQuery(meQuery)
  return (
    <>
      <div className={classes.screen}>
        <h1>{t('invitations.title')}</h1>
      </div>
      <InstructorOnly me={me}>{() => <Invitations />}</InstructorOnly>
    </>
  )
}

function Invitations() {
  const { t } = useTexts()
  const invited = useQuery(peopleQuery(allInvited))
  // Held by this page alone: links are nowhere to be had again.
  const [links, setLinks] = useState<PersonLink[] | null>(null)
  return (
    <>
      <div className={classes.screen}>
        <p>
          <Link to="/admin/people">{t('people.back')}</Link>
        </p>
        <p className="muted">{t('invitations.lead')}</p>
        <LocalAddressNote />
        <QueryView query={invited}>
          {({ people }) => <InvitationMaker invited={people} onMade={setLinks} />}
        </QueryView>
      </div>
      {links !== null && <InvitationSheet links={links} />}
    </>
  )
}
