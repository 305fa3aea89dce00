import { TaikaiError } from '@taikai/shared/errors'
import { type EntryKind, Prisma } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

const withMembers = {
  members: {
    orderBy: [{ joinedAt: 'asc' }, { userId: 'asc' }],
    select: { user: { select: { id: true, name: true } } },
  },
  _count: { select: { submissions: true } },
} satisfies Prisma.EntryInclude

export type EntryWithMembers = Prisma.EntryGetPayload<{ include: typeof withMembers }>

/** The entry in which a person takes part in a round. */
export function findEntryOf(db: Db, roundId: string, userId: string): Promise<EntryWithMembers | null> {
  return db.entry.findFirst({ where: { roundId, members: { some: { userId } } }, include: withMembers })
}

/** An entry of a round, by its id. */
export function findEntry(db: Db, slug: string, id: string): Promise<EntryWithMembers | null> {
  return db.entry.findFirst({ where: { id, round: { slug } }, include: withMembers })
}

export function updateDisqualification(
  db: Db,
  id: string,
  data: { disqualifiedAt: Date | null; disqualifiedReason: string | null },
): Promise<EntryWithMembers> {
  return db.entry.update({ where: { id }, data, include: withMembers })
}

export async function updateKind(tx: Db, id: string, kind: EntryKind): Promise<void> {
  await tx.entry.update({ where: { id }, data: { kind } })
}

/** A team of a round; null for what is a baseline or of another round. */
export function findTeam(db: Db, roundId: string, id: string): Promise<EntryWithMembers | null> {
  return db.entry.findFirst({ where: { id, roundId, kind: 'TEAM' }, include: withMembers })
}

// Any number; it names these locks, one a round, among PostgreSQL's advisory locks of two keys.
const roundEntriesLock = 7_241_002

/**
 * Lets one transaction at a time add entries to a round or change who is in them. Everything else goes on. It is no lock of the
 * round's row: workers lock entries before rounds, and each would wait for the other.
 */
export async function lockRoundEntries(tx: Db, roundId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${roundEntriesLock}::int, hashtext(${roundId}))`
}

/** Locks entries against submissions to them, and against runs being claimed, until the transaction ends. */
export async function lockEntries(tx: Db, ids: readonly string[]): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Entry" WHERE "id" = ANY(${ids}::uuid[]) ORDER BY "id" FOR UPDATE`
}

export async function hasSubmissions(db: Db, entryIds: string[]): Promise<boolean> {
  const first = await db.submission.findFirst({
    where: { entryId: { in: entryIds } },
    select: { id: true },
  })
  return first !== null
}

export async function takenNames(db: Db, roundId: string): Promise<Set<string>> {
  const entries = await db.entry.findMany({ where: { roundId }, select: { name: true } })
  return new Set(entries.map(({ name }) => name))
}

/** Throws ENTRY_NAME_TAKEN. */
export async function insertEntry(
  db: Db,
  input: { roundId: string; name: string; kind: EntryKind; userId: string | null },
): Promise<EntryWithMembers> {
  const { userId, ...data } = input
  return refuseTakenName(input.name, () =>
    db.entry.create({
      data: {
        ...data,
        ...(userId !== null && { members: { create: { user: { connect: { id: userId } } } } }),
      },
      include: withMembers,
    }),
  )
}

/** Throws ENTRY_NAME_TAKEN. */
export async function renameEntryRow(db: Db, id: string, name: string): Promise<EntryWithMembers> {
  return refuseTakenName(name, () => db.entry.update({ where: { id }, data: { name }, include: withMembers }))
}

/** Puts a person who is in no entry of the round into one. */
export async function insertMember(
  tx: Db,
  entry: { id: string; roundId: string },
  userId: string,
): Promise<EntryWithMembers> {
  await tx.entryMember.create({ data: { entryId: entry.id, roundId: entry.roundId, userId } })
  return tx.entry.findUniqueOrThrow({ where: { id: entry.id }, include: withMembers })
}

/** Takes a person out of an entry. The entry goes with its last member, unless it has submissions. */
export async function deleteMember(tx: Db, entryId: string, userId: string): Promise<void> {
  await tx.entryMember.delete({ where: { entryId_userId: { entryId, userId } } })
  await tx.entry.deleteMany({ where: { id: entryId, members: { none: {} }, submissions: { none: {} } } })
}

async function refuseTakenName<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      throw new TaikaiError('ENTRY_NAME_TAKEN', { name })
    }
    throw error
  }
}
