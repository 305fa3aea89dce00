import type { Person, PersonState } from '@taikai/shared/wire/person'
import type { PersonRow } from './people.repository.ts'

function stateOf({ deactivatedAt, accounts }: Pick<PersonRow, 'deactivatedAt' | 'accounts'>): PersonState {
  if (deactivatedAt !== null) return 'deactivated'
  return accounts.length === 0 ? 'invited' : 'active'
}

export function presentPerson(row: PersonRow, now: Date): Person {
  const link = row.passwordLinks.find(({ expiresAt }) => expiresAt > now)
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    studentNumber: row.studentNumber,
    role: row.role,
    state: stateOf(row),
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    entries: row.memberships.map(({ entry }) => ({
      roundSlug: entry.round.slug,
      roundTitle: entry.round.title,
      name: entry.name,
    })),
    linkExpiresAt: link?.expiresAt.toISOString() ?? null,
  }
}
