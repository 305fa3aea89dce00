import { Button, TextInput } from '@mantine/core'
import type { PasswordLinkInfo } from '@taikai/shared/wire/person'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { PasswordField } from '../../components/ui/password-field.tsx'
import { ProblemAlert } from '../../components/ui/problem-alert.tsx'
import { QueryView } from '../../components/ui/query-view.tsx'
import { consumePasswordLink, passwordLinkQuery } from '../../features/people/api/password-link.ts'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

const route = getRouteApi('/invite/$token')

/** Where a one-time link leads: an invitation, or a reset of the password. */
export function InvitePage() {
  const { t } = useTexts()
  usePageTitle(t('invite.title'))
  const { token } = route.useParams()
  const link = useQuery(passwordLinkQuery(token))
  return (
    <>
      <h1>{t('invite.title')}</h1>
      <QueryView query={link}>{(info) => <PasswordForm token={token} info={info} />}</QueryView>
    </>
  )
}

function PasswordForm({ token, info }: { token: string; info: PasswordLinkInfo }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [name, setName] = useState(info.name)
  const [password, setPassword] = useState('')
  const isInvitation = info.purpose === 'INVITATION'
  const send = useMutation({
    mutationFn: () => consumePasswordLink({ token, name, password }),
    onSuccess: async () => {
      // Away from here first: the link is used, and asking for it again would only say so.
      await navigate({ to: '/' })
      await queryClient.invalidateQueries()
    },
  })
  return (
    <form
      style={{ maxWidth: 440 }}
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <p>{t(isInvitation ? 'invite.invitation' : 'invite.reset', { email: info.email })}</p>
      {/* For password managers: to which account the new password belongs. */}
      <input hidden readOnly name="username" autoComplete="username" value={info.email} />
      {isInvitation && (
        <TextInput
          label={t('account.name')}
          autoComplete="name"
          maxLength={60}
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <PasswordField
        mt="sm"
        label={t('account.password')}
        isNew
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <ProblemAlert error={send.error} />
      <Button type="submit" mt="lg" size="md" loading={send.isPending}>
        {t('invite.go')}
      </Button>
    </form>
  )
}
