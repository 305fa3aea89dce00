import type { Prisma, User } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

const details = {
  accounts: { where: { providerId: 'credential' }, select: { id: true } },
  passwordLinks: { where: { usedAt: null, voidedAt: null }, select: { expiresAt: true } },
  memberships: {
    select: { entry: { select: { name: true, round: { select: { slug: true, title: true } } } } },
    orderBy: { joinedAt: 'desc' },
  },
} as const satisfies Prisma.UserInclude

export type PersonRow = Prisma.UserGetPayload<{ include: typeof details }>

const stateConditions = {
  invited: { deactivatedAt: null, accounts: { none: { providerId: 'credential' } } },
  active: { deactivatedAt: null, accounts: { some: { providerId: 'credential' } } },
  deactivated: { deactivatedAt: { not: null } },
} as const satisfies Record<string, Prisma.UserWhereInput>

type Filter = { search: string; state: keyof typeof stateConditions | null }

/** The first `take` people by student number and name, and how many there are. Who is deleted is not among them. */
export async function listPeople(
  db: Db,
  { search, state }: Filter,
  take: number,
): Promise<{ rows: PersonRow[]; total: number }> {
  const contains = { contains: search, mode: 'insensitive' } as const
  const where: Prisma.UserWhereInput = {
    deletedAt: null,
    ...(state !== null && stateConditions[state]),
    ...(search !== '' && { OR: [{ name: contains }, { email: contains }, { studentNumber: contains }] }),
  }
  const rows = await db.user.findMany({
    where,
    include: details,
    orderBy: [{ studentNumber: { sort: 'asc', nulls: 'last' } }, { name: 'asc' }, { id: 'asc' }],
    take,
  })
  return { rows, total: await db.user.count({ where }) }
}

/** Null for who is deleted. */
export function findPerson(db: Db, id: string): Promise<PersonRow | null> {
  return db.user.findUnique({ where: { id, deletedAt: null }, include: details })
}

/** Locks every instructor's row, so that two who change each other do so one after the other. Gives their ids. */
export async function lockInstructors(tx: Db): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "User" WHERE "role" = 'INSTRUCTOR' AND "deactivatedAt" IS NULL ORDER BY "id" FOR UPDATE`
  return new Set(rows.map(({ id }) => id))
}

export async function updatePerson(
  tx: Db,
  id: string,
  data: Pick<Prisma.UserUpdateInput, 'role' | 'deactivatedAt'>,
): Promise<void> {
  await tx.user.update({ where: { id }, data })
}

/** Ends all sessions, and with `keys` all API keys, of an account. */
export async function endAccess(tx: Db, userId: string, { keys }: { keys: boolean }): Promise<void> {
  await tx.session.deleteMany({ where: { userId } })
  if (keys) await tx.apikey.deleteMany({ where: { referenceId: userId } })
}

/** Takes from an account whatever says who it was and lets them in; the row stays, for the entries and submissions. */
export async function anonymiseUser(
  tx: Db,
  user: Pick<User, 'id' | 'deactivatedAt'>,
  at: Date,
): Promise<void> {
  await tx.account.deleteMany({ where: { userId: user.id } })
  await tx.passwordLink.deleteMany({ where: { userId: user.id } })
  await tx.user.update({
    where: { id: user.id },
    data: {
      name: deletedName,
      // No address can be such: `.invalid` is reserved (RFC 2606).
      email: `${user.id}@deleted.invalid`,
      emailVerified: false,
      image: null,
      studentNumber: null,
      role: 'STUDENT',
      deactivatedAt: user.deactivatedAt ?? at,
      deletedAt: at,
      lastSignInAt: null,
    },
  })
}

/** What stands in place of the name of who is deleted. */
export const deletedName = '退会者'
