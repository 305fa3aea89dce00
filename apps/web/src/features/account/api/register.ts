import type { Register } from '@taikai/shared/wire/account'
import { sendJson } from '../../../lib/api-client.ts'

export const register = (input: Register) =>
  sendJson<{ roundSlug: string | null }>('POST', '/api/register', input)
