import type { Db } from '../../platform/prisma.ts'
import type { KnownPerson } from './roster-plan.ts'
import type { PlannedTeam } from './roster-teams.ts'

/** Keeps everybody else from making or changing accounts until the transaction ends: what was planned can be done. */
export async function lockPeople(tx: Db): Promise<void> {
  await tx.$executeRaw`LOCK TABLE "User" IN SHARE ROW EXCLUSIVE MODE`
}

/** Those whom a roster may mean: by their address, or as owner of a student number. */
export function findKnownPeople(db: Db, emails: string[], studentNumbers: string[]): Promise<KnownPerson[]> {
  return db.user.findMany({
    where: { OR: [{ email: { in: emails } }, { studentNumber: { in: studentNumbers } }] },
    select: { id: true, name: true, email: true, studentNumber: true, role: true, deactivatedAt: true },
  })
}

/** Locks all entries of a round against submissions until the transaction ends. */
export async function lockAllEntries(tx: Db, roundId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Entry" WHERE "roundId" = ${roundId}::uuid ORDER BY "id" FOR UPDATE`
}

export async function listTeams(db: Db, roundId: string): Promise<PlannedTeam[]> {
  const entries = await db.entry.findMany({
    where: { roundId },
    select: {
      id: true,
      name: true,
      kind: true,
      members: { select: { userId: true } },
      _count: { select: { submissions: true } },
    },
  })
  return entries.map(({ id, name, kind, members, _count }) => ({
    id,
    name,
    isBaseline: kind === 'BASELINE',
    hasSubmissions: _count.submissions > 0,
    members: new Set(members.map(({ userId }) => userId)),
  }))
}

/** Accounts without a password. */
export async function insertInvited(
  tx: Db,
  people: readonly { id: string; name: string; email: string; studentNumber: string | null }[],
): Promise<void> {
  await tx.user.createMany({ data: [...people] })
}

export async function updateNames(
  tx: Db,
  id: string,
  changes: { name?: string; studentNumber?: string },
): Promise<void> {
  await tx.user.update({ where: { id }, data: changes })
}

/** Takes people out of their entries of a round. */
export async function removeMembers(tx: Db, roundId: string, userIds: string[]): Promise<void> {
  await tx.entryMember.deleteMany({ where: { roundId, userId: { in: userIds } } })
}

/** Makes entries of those names; gives their ids by name. */
export async function insertTeams(tx: Db, roundId: string, names: string[]): Promise<Map<string, string>> {
  const made = await tx.entry.createManyAndReturn({ data: names.map((name) => ({ roundId, name })) })
  return new Map(made.map(({ name, id }) => [name, id]))
}

export async function insertMembers(
  tx: Db,
  roundId: string,
  members: readonly { entryId: string; userId: string }[],
): Promise<void> {
  await tx.entryMember.createMany({ data: members.map((member) => ({ ...member, roundId })) })
}

/** Removes teams that have neither members nor submissions. */
export async function deleteEmptyTeams(tx: Db, ids: string[]): Promise<void> {
  await tx.entry.deleteMany({
    where: { id: { in: ids }, members: { none: {} }, submissions: { none: {} } },
  })
}
