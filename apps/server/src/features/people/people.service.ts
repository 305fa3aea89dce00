import { TaikaiError } from '@taikai/shared/errors'
import type { AuditAction } from '@taikai/shared/messages/audit-action'
import type { PrismaClient, User } from '../../generated/prisma/client.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'
import { findUser } from '../accounts/accounts.repository.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import { anonymiseEntries } from '../entries/anonymise-entries.ts'
import { accountTopic } from '../events/events.policy.ts'
import type { RenewStandings } from '../leaderboard/publish.service.ts'
import { voidLinks } from './password-links.repository.ts'
import { assertMayChangePerson } from './people.policy.ts'
import {
  anonymiseUser,
  deletedName,
  endAccess,
  findPerson,
  lockInstructors,
  type PersonRow,
  updatePerson,
} from './people.repository.ts'

type Deps = { prisma: PrismaClient; renewStandings: RenewStandings; now: () => Date }
type Instructor = Actor & { id: string }

/** Throws NOT_FOUND. */
export async function requirePerson(db: Db, id: string): Promise<PersonRow> {
  const person = await findPerson(db, id)
  if (person === null) throw new TaikaiError('NOT_FOUND')
  return person
}

/** Runs a change of somebody else's account, and has their open pages look again who they are. Throws NOT_FOUND, FORBIDDEN, PERSON_SELF. */
async function changePerson(
  { prisma }: Deps,
  actor: Instructor,
  id: string,
  change: (tx: Db, person: User) => Promise<void>,
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    assertMayChangePerson(actor.id, id, await lockInstructors(tx))
    const person = await findUser(tx, id)
    if (person === null || person.deletedAt !== null) throw new TaikaiError('NOT_FOUND')
    await change(tx, person)
    await notify(tx, { topic: accountTopic(id) })
    await notify(tx, { topic: 'people' })
  })
}

async function record(tx: Db, actor: Actor, action: AuditAction, id: string, before: object, after: object) {
  const states = { before: { ...before }, after: { ...after } }
  await recordAudit(tx, { actor, action, subjectType: 'user', subjectId: id, ...states })
}

/** Makes a student an instructor, or the other way round; it holds from their next request on. */
export async function changeRole(
  deps: Deps,
  actor: Instructor,
  id: string,
  role: 'STUDENT' | 'INSTRUCTOR',
): Promise<void> {
  await changePerson(deps, actor, id, async (tx, person) => {
    if (person.role === role) return
    await updatePerson(tx, id, { role })
    await record(tx, actor, 'account.change-role', id, { role: person.role }, { role })
  })
}

/** Ends sessions, API keys and one-time links at once, and lets nobody in until it is taken back. */
export async function deactivatePerson(deps: Deps, actor: Instructor, id: string): Promise<void> {
  await changePerson(deps, actor, id, async (tx, person) => {
    if (person.deactivatedAt !== null) return
    const at = deps.now()
    await updatePerson(tx, id, { deactivatedAt: at })
    await endAccess(tx, id, { keys: true })
    await voidLinks(tx, [id], at)
    const after = { deactivatedAt: at.toISOString() }
    await record(tx, actor, 'account.deactivate', id, { deactivatedAt: null }, after)
  })
}

export async function reactivatePerson(deps: Deps, actor: Instructor, id: string): Promise<void> {
  await changePerson(deps, actor, id, async (tx, person) => {
    if (person.deactivatedAt === null) return
    await updatePerson(tx, id, { deactivatedAt: null })
    const before = { deactivatedAt: person.deactivatedAt.toISOString() }
    await record(tx, actor, 'account.reactivate', id, before, { deactivatedAt: null })
  })
}

/**
 * Takes a person out of the service for good: name, address, student number and every way in are gone, also from entries that were
 * theirs alone. Entries, submissions and scores stay. The log keeps no name either.
 */
export async function deletePerson(deps: Deps, actor: Instructor, id: string): Promise<void> {
  await changePerson(deps, actor, id, async (tx, person) => {
    // The account first, then rounds: the order of a roster, which locks both (decision 020).
    await endAccess(tx, id, { keys: true })
    await anonymiseUser(tx, person, deps.now())
    await record(tx, actor, 'account.delete', id, { role: person.role }, { deleted: true })
    await anonymiseEntries(tx, id, deletedName, deps.renewStandings)
  })
}
