import type { Me, Setup } from '@taikai/shared/wire/account'
import { sendJson } from '../../../lib/api-client.ts'

export const setUp = (input: Setup) => sendJson<{ me: Me | null }>('POST', '/api/setup', input)
