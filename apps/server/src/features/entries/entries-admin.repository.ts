import type { Prisma, User } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'
import type { NamedEntry } from './ranking-name.ts'

const byJoining = [
  { joinedAt: 'asc' },
  { userId: 'asc' },
] as const satisfies Prisma.EntryMemberFindManyArgs['orderBy']

const forInstructors = {
  members: { orderBy: [...byJoining], select: { user: { select: { id: true, name: true, email: true } } } },
  _count: { select: { submissions: true } },
} satisfies Prisma.EntryInclude

export type EntryForInstructors = Prisma.EntryGetPayload<{ include: typeof forInstructors }>

/** The entries of a round, baselines too, in order of name. */
export function listEntries(db: Db, roundId: string): Promise<EntryForInstructors[]> {
  return db.entry.findMany({ where: { roundId }, include: forInstructors, orderBy: { name: 'asc' } })
}

/** What `rankingNames` needs of every entry of a round. */
export async function findNamedEntries(db: Db, roundId: string): Promise<NamedEntry[]> {
  const entries = await db.entry.findMany({
    where: { roundId },
    select: {
      id: true,
      name: true,
      kind: true,
      members: { orderBy: [...byJoining], select: { user: { select: { name: true } } } },
    },
  })
  return entries.map(({ members, ...entry }) => ({
    ...entry,
    memberNames: members.map(({ user }) => user.name),
  }))
}

/** The student with an e-mail address in any case of letters, unless deactivated. */
export function findStudent(db: Db, email: string): Promise<User | null> {
  return db.user.findFirst({ where: { email: email.toLowerCase(), role: 'STUDENT', deactivatedAt: null } })
}

/** Gives all submissions of one entry to another, as final picks where they were such and `keepPicks` says so. Returns their ids. */
export async function moveSubmissions(
  tx: Db,
  from: string,
  into: string,
  keepPicks: boolean,
): Promise<string[]> {
  const moved = await tx.submission.updateManyAndReturn({
    where: { entryId: from },
    data: { entryId: into, ...(!keepPicks && { finalPick: false }) },
    select: { id: true },
  })
  return moved.map(({ id }) => id)
}

export function countFinalPicks(db: Db, entryIds: string[]): Promise<number> {
  return db.submission.count({ where: { entryId: { in: entryIds }, finalPick: true } })
}

/** Moves all members of one entry to another. */
export async function moveMembers(tx: Db, from: string, into: string): Promise<void> {
  await tx.entryMember.updateMany({ where: { entryId: from }, data: { entryId: into } })
}

export async function deleteEntry(tx: Db, id: string): Promise<void> {
  await tx.entry.delete({ where: { id } })
}
