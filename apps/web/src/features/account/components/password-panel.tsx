import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Panel } from '../../../components/ui/panel.tsx'
import { PasswordField } from '../../../components/ui/password-field.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { changePassword } from '../api/password.ts'

const nothing = { currentPassword: '', newPassword: '' }

export function PasswordPanel({ email }: { email: string }) {
  const { t } = useTexts()
  const [input, setInput] = useState(nothing)
  const change = useMutation({
    mutationFn: () => changePassword(input),
    onSuccess: () => {
      setInput(nothing)
      notifications.show({ message: t('account.passwordChanged') })
    },
  })
  const field = (name: keyof typeof nothing) => ({
    label: t(`account.${name}`),
    value: input[name],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      setInput((before) => ({ ...before, [name]: value })),
  })
  return (
    <Panel title={t('account.passwordTitle')}>
      <p>{t('account.passwordLead')}</p>
      <form
        style={{ maxWidth: 440 }}
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate()
        }}
      >
        {/* For password managers: whose password it is. */}
        <input hidden readOnly name="username" autoComplete="username" value={email} />
        <PasswordField {...field('currentPassword')} isNew={false} />
        <PasswordField mt="sm" {...field('newPassword')} isNew />
        <ProblemAlert error={change.error} />
        <Button type="submit" mt="lg" loading={change.isPending}>
          {t('account.passwordChange')}
        </Button>
      </form>
    </Panel>
  )
}
