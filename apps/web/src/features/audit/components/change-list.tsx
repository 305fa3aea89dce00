import { VisuallyHidden } from '@mantine/core'
import { auditFieldName, auditValueName } from '@taikai/shared/messages/audit-words'
import type { AuditEvent, AuditPage } from '@taikai/shared/wire/audit'
import { useTexts } from '../../../i18n/i18n.ts'
import { count, dateTime, fileSize } from '../../../lib/format.ts'
import { type Change, changesOf } from '../changes.ts'
import classes from './audit.module.css'

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

/** Of rounds alone the address is on record, which may be somebody's name as well. */
const roundField = 'round'
const id = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

type Names = AuditPage['names']

/** What an event changed, field by field. */
export function ChangeList({ event, names }: { event: AuditEvent; names: Names }) {
  const { locale } = useTexts()
  const changes = changesOf(event)
  if (changes.length === 0) return null
  return (
    <dl className={classes.changes}>
      {changes.map((change) => (
        <div key={change.field}>
          <dt>{auditFieldName(change.field, locale)}</dt>
          <dd>
            <Values change={change} names={names} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Values({ change: { field, before, after }, names }: { change: Change; names: Names }) {
  const { t } = useTexts()
  const show = useValueText(names)
  if (before === undefined) return <ins>{show(field, after)}</ins>
  if (after === undefined) return <del>{show(field, before)}</del>
  return (
    <>
      <VisuallyHidden>{t('audit.was')}</VisuallyHidden>
      <del>{show(field, before)}</del> <span aria-hidden="true">→</span>{' '}
      <VisuallyHidden>{t('audit.is')}</VisuallyHidden>
      <ins>{show(field, after)}</ins>
    </>
  )
}

function useValueText(names: Names): (field: string, value: unknown) => string {
  const { t, locale } = useTexts()
  const text = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return '–'
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no')
    if (typeof value === 'number') return field === 'uploadMaxBytes' ? fileSize(value) : count(value)
    if (typeof value === 'string' && (field === roundField || id.test(value))) return names[value] ?? value
    if (typeof value === 'string')
      return instant.test(value)
        ? dateTime(value, locale)
        : // What changed of people on a list is told by the names of fields.
          field === 'fields'
          ? auditFieldName(value, locale)
          : (auditValueName(field, value, locale) ?? value)
    if (Array.isArray(value))
      return value.length === 0 ? '–' : value.map((one) => text(field, one)).join(', ')
    return Object.entries(value)
      .map(([name, part]) => t('audit.part', { name: auditFieldName(name, locale), value: text(name, part) }))
      .join(' · ')
  }
  return text
}
