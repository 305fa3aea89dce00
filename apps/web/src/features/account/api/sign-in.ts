import type { SignIn } from '@taikai/shared/wire/account'
import { sendWithoutAnswer } from '../../../lib/api-client.ts'

export const signIn = (input: SignIn) => sendWithoutAnswer('POST', '/api/auth/sign-in/email', input)
