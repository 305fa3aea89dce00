/** What the address of the audit log keeps. */
export const auditSearchKeys = ['who', 'action', 'subject', 'from', 'to'] as const
export type AuditSearch = Partial<Record<(typeof auditSearchKeys)[number], string>>
