import type { AuditFilter } from '@taikai/shared/wire/audit'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

const withActor = {
  actor: { select: { id: true, name: true, email: true } },
} as const satisfies Prisma.AuditEventInclude
export type AuditRow = Prisma.AuditEventGetPayload<{ include: typeof withActor }>

/** Where a page ends: the event's time and id. */
export type AuditPlace = { at: Date; id: string }

/** The newest events that are older than `after`, at most `limit`. */
export function findAuditEvents(
  db: Db,
  filter: AuditFilter,
  after: AuditPlace | null,
  limit: number,
): Promise<AuditRow[]> {
  return db.auditEvent.findMany({
    where: { AND: [matches(filter), after === null ? {} : olderThan(after)] },
    include: withActor,
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit,
  })
}

function olderThan({ at, id }: AuditPlace): Prisma.AuditEventWhereInput {
  // The first condition lets the index find the place; the second tells events of one millisecond apart.
  return { at: { lte: at }, OR: [{ at: { lt: at } }, { id: { lt: id } }] }
}

function matches({ who, action, subject, from, to }: AuditFilter): Prisma.AuditEventWhereInput {
  const named = { contains: who ?? '', mode: Prisma.QueryMode.insensitive }
  return {
    ...(who && { actor: { OR: [{ name: named }, { email: named }] } }),
    ...(action && { action: { startsWith: action } }),
    ...(subject && { subjectId: subject }),
    at: { ...(from && { gte: new Date(from) }), ...(to && { lt: new Date(to) }) },
  }
}
