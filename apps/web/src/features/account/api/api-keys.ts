import type { ApiKey } from '@taikai/shared/wire/account'
import { queryOptions } from '@tanstack/react-query'
import { getJson, sendJson, sendWithoutAnswer } from '../../../lib/api-client.ts'

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async ({ signal }) => (await getJson<{ apiKeys: ApiKey[] }>('/api/me/api-keys', signal)).apiKeys,
})

/** The answer is the only place where the key itself is ever shown. */
export const createApiKey = (input: { name: string; expiresInDays: number }) =>
  sendJson<{ apiKey: ApiKey; key: string }>('POST', '/api/me/api-keys', input)

export const revokeApiKey = (id: string) =>
  sendWithoutAnswer('DELETE', `/api/me/api-keys/${encodeURIComponent(id)}`)
