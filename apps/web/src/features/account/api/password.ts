import type { ChangePassword } from '@taikai/shared/wire/account'
import { sendWithoutAnswer } from '../../../lib/api-client.ts'

export const changePassword = (input: ChangePassword) => sendWithoutAnswer('PUT', '/api/me/password', input)
