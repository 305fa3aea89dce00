import type { Person, PersonLink } from '@taikai/shared/wire/person'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { CopyField } from '../../../components/ui/copy-field.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { dateTime } from '../../../lib/format.ts'
import { LocalAddressNote } from '../../account/components/local-address-note.tsx'
import { createLinks, linkAddress } from '../api/people.ts'
import { LinkCode } from './link-code.tsx'

/** The one-time link by which a person sets a password: made here, and shown until the page is left. */
export function LinkPanel({ person }: { person: Person }) {
  const { t, locale } = useTexts()
  const queryClient = useQueryClient()
  const [made, setMade] = useState<PersonLink | null>(null)
  const { id, name, state, linkExpiresAt } = person
  const isInvited = state === 'invited'
  return (
    <Panel title={t('people.link')}>
      <LocalAddressNote />
      <p>
        {linkExpiresAt === null
          ? t('people.linkNone')
          : t('people.linkUntil', { time: dateTime(linkExpiresAt, locale) })}
      </p>
      <ConfirmButton
        label={t(isInvited ? 'people.linkInvite' : 'people.linkReset')}
        question={t(isInvited ? 'people.linkInviteSure' : 'people.linkResetSure', { name })}
        disabled={state === 'deactivated'}
        onConfirm={async () => {
          const [link] = await createLinks([id])
          setMade(link ?? null)
          await queryClient.invalidateQueries({ queryKey: ['people'] })
        }}
      />
      {made !== null && linkExpiresAt !== null && (
        <>
          <p>{t('people.linkOnce')}</p>
          <CopyField label={t('invitations.url')} value={linkAddress(made.token)} />
          <LinkCode name={name} token={made.token} size={180} />
        </>
      )}
    </Panel>
  )
}
