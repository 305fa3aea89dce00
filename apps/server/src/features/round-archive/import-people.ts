import { randomUUID } from 'node:crypto'
import type { Db } from '../../platform/prisma.ts'
import { findPeopleByEmail } from './archive.repository.ts'
import type { Manifest } from './archive-manifest.ts'

export type ImportedPeople = {
  /** The account here of a person of the zip; null for one who has none and needs none. */
  accountOf(personId: string | null): string | null
  matched: number
  created: number
}

/**
 * People are known by their e-mail address. A member whom nobody here has the address of gets an account without a password: nobody
 * can sign in to it until an instructor gives its owner a link. Nobody gets a role or a password from a zip.
 */
export async function importPeople(tx: Db, { people, entries }: Manifest): Promise<ImportedPeople> {
  const byEmail = new Map(people.map((person) => [person.email.toLowerCase(), person]))
  const accounts = new Map<string, string>()
  for (const { id, email } of await findPeopleByEmail(tx, [...byEmail.keys()])) {
    const person = byEmail.get(email)
    if (person !== undefined) accounts.set(person.id, id)
  }
  const matched = accounts.size
  const members = new Set(entries.flatMap((entry) => entry.members.map(({ personId }) => personId)))
  const missing = people
    .filter(({ id }) => members.has(id) && !accounts.has(id))
    .map(({ id, name, email }) => ({
      personId: id,
      row: { id: randomUUID(), name, email: email.toLowerCase() },
    }))
  await tx.user.createMany({ data: missing.map(({ row }) => row) })
  for (const { personId, row } of missing) accounts.set(personId, row.id)
  return {
    accountOf: (personId) => (personId === null ? null : (accounts.get(personId) ?? null)),
    matched,
    created: missing.length,
  }
}
