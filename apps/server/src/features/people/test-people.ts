import { expect } from 'vitest'
import type { TestApp } from '../../../test/build-test-app.ts'
import { TestClient } from '../../http/test-client.ts'

/** Uploads a roster; `query` as in `?dryRun=true&round=cup`. */
export function uploadRoster(client: TestClient, file: string | Uint8Array, query = '') {
  const headers = { 'content-type': 'text/csv', 'accept-language': 'ja' }
  return client.request('POST', `/api/roster${query}`, Buffer.from(file), headers)
}

/** The answer to a roster that was taken. */
export async function importedRoster(client: TestClient, file: string | Uint8Array, query = '') {
  const response = await uploadRoster(client, file, query)
  expect(response.statusCode, response.body).toBe(200)
  const {
    lines,
  }: { lines: { line: number; fate: string; team: string | null; problem: { code: string } | null }[] } =
    response.json()
  return lines
}

/** The token of a new one-time link. */
export async function linkFor(instructor: TestClient, id: string): Promise<string> {
  const response = await instructor.post('/api/people/links', { ids: [id] })
  expect(response.statusCode, response.body).toBe(201)
  return response.json().links[0].token
}

/** Follows a one-time link in a new browser. */
export async function follow({ app }: TestApp, token: string, name = 'Yuki', password = 'a new password') {
  const client = new TestClient(app)
  const response = await client.post('/api/password-links/use', { token, name, password })
  return { client, response }
}

/** The id of whoever is signed in. */
export async function idOf(client: TestClient): Promise<string> {
  return (await client.get('/api/me')).json().me.id
}
