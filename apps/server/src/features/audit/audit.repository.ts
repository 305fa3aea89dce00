import type { AuditAction } from '@taikai/shared/messages/audit-action'
import type { AuditSubject } from '@taikai/shared/messages/audit-words'
import type { Prisma } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

/** Who acts, for the record. `id` is null for the system itself. */
export type Actor = { id: string | null; ipAddress: string | null }

export type AuditRecord = {
  actor: Actor
  /** `<subject>.<verb>`, e.g. `round.open`. */
  action: AuditAction
  subjectType: AuditSubject
  subjectId: string
  before?: Prisma.InputJsonObject
  after?: Prisma.InputJsonObject
}

/** Appends to the audit log, in the transaction of the change. Never pass secrets: instructors read it. */
export async function recordAudit(db: Db, record: AuditRecord): Promise<void> {
  const { actor, ...event } = record
  await db.auditEvent.create({ data: { ...event, actorId: actor.id, ipAddress: actor.ipAddress } })
}
