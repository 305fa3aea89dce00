import { expect } from 'vitest'
import type { Round } from '../../generated/prisma/client.ts'
import type { TestClient } from '../../http/test-client.ts'

/** The viewer's entry as they see it. */
export async function entryOf(client: TestClient, round: Round) {
  const response = await client.get(`/api/rounds/${round.slug}/entry`)
  expect(response.statusCode, response.body).toBe(200)
  return response.json()
}

/** A new invitation to the team of `client`. */
export async function invitation(client: TestClient, round: Round): Promise<string> {
  const response = await client.request('PUT', `/api/rounds/${round.slug}/entry/invite`)
  expect(response.statusCode, response.body).toBe(200)
  return response.json().inviteCode
}

export function accept(client: TestClient, code: string) {
  return client.post(`/api/invites/${code}/accept`)
}

/** The names of a team's members as an answer gives them. */
export function memberNames(entry: { members: { name: string }[] }): string[] {
  return entry.members.map(({ name }) => name)
}
