import { z } from 'zod'

/** Which events of the audit log are wanted. What is absent does not restrict. */
export const auditFilterSchema = z.object({
  /** A part of the name or e-mail address of who acted. */
  who: z.string().trim().max(100).optional(),
  /** What the action's code begins with: `round.` or `round.open`. */
  action: z.string().trim().max(60).optional(),
  /** What it was done to: its id, or a round's address. */
  subject: z.string().trim().max(100).optional(),
  /** At or after, and before. */
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
})
export type AuditFilter = z.infer<typeof auditFilterSchema>

/** GET /api/audit. `after` is the `next` of the page before. */
export const auditQuerySchema = auditFilterSchema.extend({
  after: z
    .string()
    .regex(/^\d{13,15}_[0-9a-f-]{36}$/)
    .optional(),
})
export type AuditQuery = z.infer<typeof auditQuerySchema>

const fieldsSchema = z.record(z.string(), z.unknown()).nullable()

export const auditEventSchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  /** Null: the system itself. */
  actor: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  before: fieldsSchema,
  after: fieldsSchema,
  ipAddress: z.string().nullable(),
})
export type AuditEvent = z.infer<typeof auditEventSchema>
/**
 * Newest first; `next` asks for what is older, null where nothing is. `names`: what ids of the events are called now, and rounds by
 * their addresses; what is gone has none.
 */
export const auditPageSchema = z.object({
  events: z.array(auditEventSchema),
  names: z.record(z.string(), z.string()),
  next: z.string().nullable(),
})
export type AuditPage = z.infer<typeof auditPageSchema>
