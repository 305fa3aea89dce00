import { auditActionName } from '@taikai/shared/messages/audit-action'
import { auditSubjectName } from '@taikai/shared/messages/audit-words'
import type { AuditEvent, AuditPage } from '@taikai/shared/wire/audit'
import { Link } from '@tanstack/react-router'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { dateTime } from '../../../lib/format.ts'
import classes from './audit.module.css'
import { ChangeList } from './change-list.tsx'

type Names = AuditPage['names']

export function AuditList({ events, names }: { events: readonly AuditEvent[]; names: Names }) {
  const { t } = useTexts()
  return (
    <table className={`${table.table} ${classes.table}`}>
      <caption>{t('audit.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('audit.when')}</th>
          <th scope="col">{t('audit.who')}</th>
          <th scope="col">{t('audit.what')}</th>
          <th scope="col">{t('audit.fromWhere')}</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <Event key={event.id} event={event} names={names} />
        ))}
      </tbody>
    </table>
  )
}

function Event({ event, names }: { event: AuditEvent; names: Names }) {
  const { t, locale } = useTexts()
  const { at, actor, action, subjectType, subjectId, ipAddress } = event
  const own = subjectType === 'user' && subjectId === actor?.id
  const anySubject = {
    people: t('audit.everybody'),
    several: t('audit.several'),
    unknown: t('audit.unknown'),
  }[subjectId]
  return (
    <tr>
      <td className="num">
        <time dateTime={at}>{dateTime(at, locale)}</time>
      </td>
      <td>
        {actor === null ? t('audit.system') : actor.name}
        {actor !== null && <div className={`muted ${classes.subject}`}>{actor.email}</div>}
      </td>
      <td>
        <b>{auditActionName(action, locale)}</b>
        <div className={classes.subject}>
          <span className="muted">{auditSubjectName(subjectType, locale)}</span>{' '}
          <Link to="/admin/audit" search={{ subject: subjectId }} title={t('audit.onlyThis')}>
            {own ? t('audit.themselves') : (anySubject ?? names[subjectId] ?? subjectId)}
          </Link>
        </div>
        <ChangeList event={event} names={names} />
      </td>
      <td className="num">{ipAddress ?? '–'}</td>
    </tr>
  )
}
