import type { Person } from '@taikai/shared/wire/person'
import { Link } from '@tanstack/react-router'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { dateTime } from '../../../lib/format.ts'
import classes from './people-table.module.css'

export function PeopleTable({ people }: { people: readonly Person[] }) {
  const { t } = useTexts()
  if (people.length === 0) return <p>{t('people.none')}</p>
  return (
    <div className={table.scroll}>
      <table className={`${table.table} ${classes.people}`}>
        <caption>{t('people.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('account.name')}</th>
            <th scope="col">{t('people.number')}</th>
            <th scope="col">{t('account.role')}</th>
            <th scope="col">{t('people.state')}</th>
            <th scope="col">{t('people.lastSignIn')}</th>
            <th scope="col">{t('people.entries')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <PersonRow key={person.id} person={person} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function PersonRow({ person }: { person: Person }) {
  const { t, locale } = useTexts()
  const { id, name, email, studentNumber, role, state, lastSignInAt, entries } = person
  return (
    <tr>
      <th scope="row" className={table.person}>
        <Link to="/admin/people/$id" params={{ id }}>
          {name}
        </Link>
        <div className="muted">{email}</div>
      </th>
      <td className="num">{studentNumber ?? '–'}</td>
      <td>{t(`account.${role}`)}</td>
      <td>{t(`people.${state}`)}</td>
      <td className="num">{lastSignInAt === null ? '–' : dateTime(lastSignInAt, locale)}</td>
      <td>
        {entries.length === 0
          ? '–'
          : entries.map((entry) => (
              <div key={entry.roundSlug}>
                {entry.roundTitle} <span className="muted">{entry.name}</span>
              </div>
            ))}
      </td>
    </tr>
  )
}
