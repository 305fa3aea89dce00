import type { Register } from '@taikai/shared/wire/account'
import { sendJson } from '../../../lib/api-client.ts'

export const register = (input: Register) => sendJson<{ roundSlug: string }>('POST', '/api/register', input)
