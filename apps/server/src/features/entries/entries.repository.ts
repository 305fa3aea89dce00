import { TaikaiError } from '@taikai/shared/errors'
import { type EntryKind, Prisma } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

const withMembers = {
  members: { orderBy: { joinedAt: 'asc' }, select: { user: { select: { id: true, name: true } } } },
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

/** Lets one transaction at a time add entries to a round. Reading it, and submitting to it, go on. */
export async function lockRoundEntries(tx: Db, roundId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Round" WHERE "id" = ${roundId}::uuid FOR NO KEY UPDATE`
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
