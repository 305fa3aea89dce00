import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { PasswordField } from '../../../components/ui/password-field.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useTexts } from '../../../i18n/i18n.ts'

export type AccountValues = { name: string; email: string; password: string }

type Props = {
  /** `member` is for who joins a team that exists, `set-up` for the first instructor, who is in no ranking. */
  kind: 'sign-in' | 'new' | 'member' | 'set-up'
  action: string
  onSubmit(values: AccountValues): Promise<void>
}

/** E-mail address and password, for a new account the name as well. */
export function AccountForm({ kind, action, onSubmit }: Props) {
  const { t } = useTexts()
  const isNew = kind !== 'sign-in'
  const nameHints = {
    new: t('account.nameHint'),
    member: t('account.memberNameHint'),
    'set-up': undefined,
    'sign-in': undefined,
  }
  const form = useForm<AccountValues>({ initialValues: { name: '', email: '', password: '' } })
  const send = useMutation({ mutationFn: onSubmit })
  return (
    <form onSubmit={form.onSubmit((values) => send.mutate(values))} style={{ maxWidth: 440 }}>
      {isNew && (
        <TextInput
          label={t('account.name')}
          description={nameHints[kind]}
          autoComplete="name"
          maxLength={60}
          required
          {...form.getInputProps('name')}
        />
      )}
      <TextInput
        mt="sm"
        label={t('account.email')}
        type="email"
        autoComplete="email"
        required
        {...form.getInputProps('email')}
      />
      <PasswordField
        mt="sm"
        label={t('account.password')}
        isNew={isNew}
        {...form.getInputProps('password')}
      />
      <ProblemAlert error={send.error} />
      <Button type="submit" mt="lg" size="md" loading={send.isPending}>
        {action}
      </Button>
    </form>
  )
}
