import type { ZonedDay } from '@taikai/shared/zoned-time'
import type { Db } from '../../platform/prisma.ts'

/** How many submissions that cost quota each team of a round has made: of one day, or of all. */
export async function quotaUseByTeam(db: Db, roundId: string, day: ZonedDay | null): Promise<number[]> {
  const used = await db.submission.groupBy({
    by: ['entryId'],
    where: {
      roundId,
      quotaReturned: false,
      entry: { kind: 'TEAM' },
      ...(day !== null && { receivedAt: { gte: day.startsAt, lt: day.endsAt } }),
    },
    _count: true,
  })
  return used.map(({ _count }) => _count)
}

/** How many final picks each team of a round has. */
export async function picksByTeam(db: Db, roundId: string): Promise<number[]> {
  const picks = await db.submission.groupBy({
    by: ['entryId'],
    where: { roundId, finalPick: true },
    _count: true,
  })
  return picks.map(({ _count }) => _count)
}

export async function membersByTeam(db: Db, roundId: string): Promise<number[]> {
  const members = await db.entryMember.groupBy({ by: ['entryId'], where: { roundId }, _count: true })
  return members.map(({ _count }) => _count)
}

export function countReceivedFrom(db: Db, roundId: string, at: Date): Promise<number> {
  return db.submission.count({ where: { roundId, receivedAt: { gte: at } } })
}

export function countUploadsAbove(db: Db, roundId: string, bytes: number): Promise<number> {
  return db.submission.count({ where: { roundId, uploadBytes: { gt: bytes } } })
}

export function countParametersAbove(db: Db, roundId: string, limit: number): Promise<number> {
  return db.submission.count({ where: { roundId, parameters: { gt: limit } } })
}

/** Submissions with more multiply-accumulates, and those of which they are not known. */
export function countMacsAbove(db: Db, roundId: string, limit: number): Promise<number> {
  return db.submission.count({ where: { roundId, OR: [{ macs: { gt: limit } }, { macs: null }] } })
}

/** What inspection read in the models of a round's submissions. */
export async function findInspections(db: Db, roundId: string): Promise<unknown[]> {
  const rows = await db.submission.findMany({ where: { roundId }, select: { inspection: true } })
  return rows.map(({ inspection }) => inspection)
}

/** The newest of some actions on a round, as the audit log has it. */
export function findLastAction(db: Db, slug: string, actions: string[]) {
  return db.auditEvent.findFirst({
    where: { subjectType: 'round', subjectId: slug, action: { in: actions } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select: { action: true, at: true, before: true, after: true },
  })
}

/** Submissions that were taken since then, by the database's clock as the audit log is. */
export function countTakenSince(db: Db, roundId: string, at: Date): Promise<number> {
  return db.submission.count({ where: { roundId, createdAt: { gte: at } } })
}
