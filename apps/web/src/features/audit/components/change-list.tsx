import { VisuallyHidden } from '@mantine/core'
import type { AuditEvent } from '@taikai/shared/wire/audit'
import { useTexts } from '../../../i18n/i18n.ts'
import { dateTime } from '../../../lib/format.ts'
import { type Change, changesOf } from '../changes.ts'
import { fieldName } from '../field-names.ts'
import classes from './audit.module.css'

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

/** What an event changed, field by field. */
export function ChangeList({ event }: { event: AuditEvent }) {
  const { locale } = useTexts()
  const changes = changesOf(event)
  if (changes.length === 0) return null
  return (
    <dl className={classes.changes}>
      {changes.map((change) => (
        <div key={change.field}>
          <dt>{fieldName(change.field, locale)}</dt>
          <dd>
            <Values change={change} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Values({ change: { before, after } }: { change: Change }) {
  const { t } = useTexts()
  const show = useValueText()
  if (before === undefined) return <ins>{show(after)}</ins>
  if (after === undefined) return <del>{show(before)}</del>
  return (
    <>
      <VisuallyHidden>{t('audit.was')}</VisuallyHidden>
      <del>{show(before)}</del> <span aria-hidden="true">→</span>{' '}
      <VisuallyHidden>{t('audit.is')}</VisuallyHidden>
      <ins>{show(after)}</ins>
    </>
  )
}

function useValueText(): (value: unknown) => string {
  const { t, locale } = useTexts()
  const text = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return '–'
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no')
    if (typeof value === 'string') return instant.test(value) ? dateTime(value, locale) : value
    if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(text).join(', ')
    return JSON.stringify(value)
  }
  return text
}
