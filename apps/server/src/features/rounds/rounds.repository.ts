import { TaikaiError } from '@taikai/shared/errors'
import { isRankingFrozen } from '@taikai/shared/round-state'
import { type Dataset, Prisma, type Round } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

export type RoundRow = Round & { dataset: Dataset }
export type RoundForViewer = RoundRow & { entries: { id: string; name: string }[] }

export function findRoundBySlug(db: Db, slug: string): Promise<RoundRow | null> {
  return db.round.findUnique({ where: { slug }, include: { dataset: true } })
}

/** Rounds that whoever is signed in may join. */
export function listOpenlyJoinable(db: Db): Promise<Round[]> {
  return db.round.findMany({ where: { joinPolicy: 'OPEN' } })
}

/** Codes are read aloud and copied from a board: case and surrounding space do not matter. */
export function findRoundByJoinCode(db: Db, joinCode: string): Promise<RoundRow | null> {
  return db.round.findUnique({
    where: { joinCode: joinCode.trim().toUpperCase() },
    include: { dataset: true },
  })
}

function forViewer(viewerId: string | null) {
  return {
    dataset: true,
    // No user has the empty id, so a visitor has no entries.
    entries: { where: { members: { some: { userId: viewerId ?? '' } } }, select: { id: true, name: true } },
  } satisfies Prisma.RoundInclude
}

/** A round with the viewer's own entry, if any. */
export function findRoundForViewer(
  db: Db,
  slug: string,
  viewerId: string | null,
): Promise<RoundForViewer | null> {
  return db.round.findUnique({ where: { slug }, include: forViewer(viewerId) })
}

/** All rounds, the newest first, each with the viewer's own entry. */
export function listRoundsForViewer(db: Db, viewerId: string | null): Promise<RoundForViewer[]> {
  return db.round.findMany({ include: forViewer(viewerId), orderBy: { createdAt: 'desc' } })
}

/** All rounds, and of each in which entry its members are, by user id. */
export async function findRoundsWithMembers(db: Db) {
  const entries = {
    where: { members: { some: {} } },
    select: { id: true, name: true, members: { select: { userId: true } } },
  } satisfies Prisma.Round$entriesArgs
  const rounds = await db.round.findMany({ include: { dataset: true, entries } })
  return rounds.map(({ entries, ...round }) => ({
    round,
    entryOf: new Map(
      entries.flatMap(({ id, name, members }) =>
        members.map(({ userId }) => [userId, { id, name }] as const),
      ),
    ),
  }))
}

/** Rounds whose rankings stand still at `now` for all but instructors. */
export async function findFrozenRounds(db: Db, now: Date): Promise<{ id: string; closesAt: Date | null }[]> {
  const rounds = await db.round.findMany({ where: { freezesAt: { lte: now } } })
  return rounds.filter((round) => isRankingFrozen(round, now))
}

export async function countSubmissions(db: Db, roundId: string): Promise<number> {
  return db.submission.count({ where: { roundId } })
}

/** Locks a round against submissions and other changes until the transaction ends. */
export async function lockRound(tx: Db, slug: string): Promise<RoundRow | null> {
  await tx.$queryRaw`SELECT 1 FROM "Round" WHERE "slug" = ${slug} FOR UPDATE`
  return findRoundBySlug(tx, slug)
}

/** Throws SLUG_TAKEN, and NOT_FOUND where there is no such dataset. */
export async function insertRound(db: Db, data: Prisma.RoundUncheckedCreateInput): Promise<RoundRow> {
  return namedFailures(data.slug, () => db.round.create({ data, include: { dataset: true } }))
}

/** Throws NOT_FOUND where there is no such dataset. */
export async function updateRoundRow(
  db: Db,
  round: Pick<Round, 'id' | 'slug'>,
  data: Prisma.RoundUncheckedUpdateInput,
): Promise<RoundRow> {
  return namedFailures(round.slug, () =>
    db.round.update({ where: { id: round.id }, data, include: { dataset: true } }),
  )
}

export async function deleteRoundRow(db: Db, id: string): Promise<void> {
  await db.round.delete({ where: { id } })
}

async function namedFailures<T>(slug: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError) {
      if (error.code === 'P2002') throw new TaikaiError('SLUG_TAKEN', { slug })
      if (error.code === 'P2003') throw new TaikaiError('NOT_FOUND')
    }
    throw error
  }
}
