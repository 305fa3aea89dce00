import type { PasswordLinkInfo, UsePasswordLink } from '@taikai/shared/wire/person'
import { queryOptions } from '@tanstack/react-query'
import { sendJson, sendWithoutAnswer } from '../../../lib/api-client.ts'

/** Whose link it is. Asked once: after it was used, there is nothing to ask. */
export const passwordLinkQuery = (token: string) =>
  queryOptions({
    queryKey: ['password-link', token],
    queryFn: () => sendJson<PasswordLinkInfo>('POST', '/api/password-links/look-up', { token }),
    gcTime: 0,
  })

export const consumePasswordLink = (input: UsePasswordLink) =>
  sendWithoutAnswer('POST', '/api/password-links/use', input)
