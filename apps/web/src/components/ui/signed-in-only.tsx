import type { Me } from '@taikai/shared/wire/account'
import type { UseQueryResult } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/i18n.ts'
import { ButtonLink } from './button-link.tsx'
import { QueryView } from './query-view.tsx'

type Props = { me: UseQueryResult<Me | null>; children(me: Me): ReactNode }

/** Shows a page to those it is for; tells others what to do. The server decides by itself what anyone gets. */
export function SignedInOnly({ me, children }: Props) {
  const { t } = useTexts()
  const { href } = useLocation()
  return (
    <QueryView query={me}>
      {(viewer) => {
        if (viewer === null) {
          return (
            <>
              <p>{t('app.signInNeeded')}</p>
              <ButtonLink to="/sign-in" search={{ next: href }}>
                {t('app.signIn')}
              </ButtonLink>
            </>
          )
        }
        return children(viewer)
      }}
    </QueryView>
  )
}

/** The same for pages of instructors. */
export function InstructorOnly({ me, children }: Props) {
  const { t } = useTexts()
  return (
    <SignedInOnly me={me}>
      {(viewer) => (viewer.role === 'INSTRUCTOR' ? children(viewer) : <p>{t('app.onlyInstructors')}</p>)}
    </SignedInOnly>
  )
}
