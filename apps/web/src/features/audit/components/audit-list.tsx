import { auditActionName } from '@taikai/shared/messages/audit-action'
import type { AuditEvent } from '@taikai/shared/wire/audit'
import { Link } from '@tanstack/react-router'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { dateTime } from '../../../lib/format.ts'
import classes from './audit.module.css'
import { ChangeList } from './change-list.tsx'

export function AuditList({ events }: { events: readonly AuditEvent[] }) {
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
          <Event key={event.id} event={event} />
        ))}
      </tbody>
    </table>
  )
}

function Event({ event }: { event: AuditEvent }) {
  const { t, locale } = useTexts()
  const { at, actor, action, subjectType, subjectId, ipAddress } = event
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
          <span className="muted">{subjectType}</span>{' '}
          <Link to="/admin/audit" search={{ subject: subjectId }} title={t('audit.onlyThis')}>
            {subjectId}
          </Link>
        </div>
        <ChangeList event={event} />
      </td>
      <td className="num">{ipAddress ?? '–'}</td>
    </tr>
  )
}
