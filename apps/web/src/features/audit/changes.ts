import type { AuditEvent } from '@taikai/shared/wire/audit'

/** A field with its values; undefined where one side has no such field. */
export type Change = { field: string; before: unknown; after: unknown }

/** What an event changed: fields whose values differ. Where only one side is on record, all of its fields that say something. */
export function changesOf({ before, after }: Pick<AuditEvent, 'before' | 'after'>): Change[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...fields]
    .map((field) => ({ field, before: before?.[field], after: after?.[field] }))
    .filter(({ before: old, after: present }) => said(old) !== said(present))
}

/** A value as text, for comparison; the same for everything that says nothing. */
function said(value: unknown): string {
  const text = JSON.stringify(value ?? null)
  return text === '[]' || text === '""' ? 'null' : text
}
