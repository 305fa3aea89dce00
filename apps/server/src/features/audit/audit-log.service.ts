import type { Locale } from '@taikai/shared/locale'
import { auditActionName } from '@taikai/shared/messages/audit-action'
import type { AuditEvent, AuditFilter, AuditPage, AuditQuery } from '@taikai/shared/wire/audit'
import { z } from 'zod'
import { csvText } from '../../http/csv.ts'
import type { Db } from '../../platform/prisma.ts'
import { type AuditPlace, type AuditRow, findAuditEvents } from './audit-log.repository.ts'
import { findNames } from './audit-names.repository.ts'

const pageSize = 100
/** The file is made in memory, so many events at a time. */
const exportStep = 5_000

/** One page of the audit log, the newest first. */
export async function readAuditLog(db: Db, { after, ...filter }: AuditQuery): Promise<AuditPage> {
  // One more tells whether there is a next page.
  const rows = await findAuditEvents(db, filter, after === undefined ? null : toPlace(after), pageSize + 1)
  const events = rows.slice(0, pageSize)
  const last = events.at(-1)
  const next = rows.length > pageSize && last !== undefined ? `${last.at.getTime()}_${last.id}` : null
  return { events: events.map(presentEvent), names: await findNames(db, events.flatMap(textsOf)), next }
}

/** Every text in an event's subject and fields: some are ids. */
function textsOf({ subjectId, before, after }: AuditRow): string[] {
  const texts = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(texts)
        : []
  return [subjectId, ...texts(before), ...texts(after)]
}

function toPlace(after: string): AuditPlace {
  const [at = '', id = ''] = after.split('_')
  return { at: new Date(Number(at)), id }
}

const columns = [
  'at',
  'actor_name',
  'actor_email',
  'action',
  'action_name',
  'subject_type',
  'subject_id',
  'before',
  'after',
  'ip_address',
]

/** All events that match, as a table for spreadsheets. */
export async function auditLogCsv(db: Db, filter: AuditFilter, locale: Locale): Promise<string> {
  const rows: AuditRow[] = []
  for (;;) {
    const step = await findAuditEvents(db, filter, rows.at(-1) ?? null, exportStep)
    rows.push(...step)
    if (step.length < exportStep) break
  }
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  return csvText(
    columns,
    rows.map((row) => [
      row.at.toISOString(),
      row.actor?.name ?? null,
      row.actor?.email ?? null,
      row.action,
      auditActionName(row.action, locale),
      row.subjectType,
      row.subjectId,
      json(row.before),
      json(row.after),
      row.ipAddress,
    ]),
    { bom: true },
  )
}

const fieldsSchema = z.record(z.string(), z.unknown()).nullable()

function presentEvent({ actorId: _, ...row }: AuditRow): AuditEvent {
  return {
    ...row,
    at: row.at.toISOString(),
    before: fieldsSchema.parse(row.before),
    after: fieldsSchema.parse(row.after),
  }
}
