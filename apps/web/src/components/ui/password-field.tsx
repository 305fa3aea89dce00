import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useTexts } from '../../i18n/i18n.ts'

type Props = Omit<
  PasswordInputProps,
  'autoComplete' | 'description' | 'minLength' | 'maxLength' | 'required'
> & {
  /** A new one says, and is held to, how long it has to be. */
  isNew: boolean
}

/** A password, which can be looked at with a button that is named in the page's language. */
export function PasswordField({ isNew, ...props }: Props) {
  const { t } = useTexts()
  return (
    <PasswordInput
      description={isNew ? t('account.passwordHint') : undefined}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      minLength={isNew ? 10 : 1}
      maxLength={128}
      required
      visibilityToggleButtonProps={{ 'aria-label': t('account.passwordVisible') }}
      {...props}
    />
  )
}
