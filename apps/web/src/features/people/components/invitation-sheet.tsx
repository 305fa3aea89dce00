import { Alert, Button, Group } from '@mantine/core'
import type { PersonLink } from '@taikai/shared/wire/person'
import { useTexts } from '../../../i18n/i18n.ts'
import { dateTime } from '../../../lib/format.ts'
import { linkAddress } from '../api/people.ts'
import { invitationCsv } from './invitation-csv.ts'
import classes from './invitation-sheet.module.css'
import { LinkCode } from './link-code.tsx'

/** One card a person, to be printed and cut apart. */
export function InvitationSheet({ links }: { links: readonly PersonLink[] }) {
  const { t } = useTexts()
  const heads = {
    number: t('people.number'),
    name: t('account.name'),
    email: t('people.email'),
    url: t('invitations.url'),
    until: t('invitations.expires'),
  }
  return (
    <>
      <div className={classes.screen}>
        <Alert color="shu" variant="light" c="var(--ink)" my="md" role="status">
          {t('invitations.once')}
        </Alert>
        <Group>
          <Button onClick={() => window.print()}>{t('invitations.print')}</Button>
          <Button variant="default" onClick={() => save(invitationCsv(links, heads))}>
            {t('invitations.csv')}
          </Button>
        </Group>
      </div>
      <ul className={classes.sheet} aria-label={t('invitations.list')}>
        {links.map((link) => (
          <Card key={link.id} link={link} />
        ))}
      </ul>
    </>
  )
}

function Card({ link }: { link: PersonLink }) {
  const { t, locale } = useTexts()
  const { name, email, studentNumber, token, expiresAt } = link
  return (
    <li className={classes.card}>
      <LinkCode name={name} token={token} size={112} />
      <div>
        <h2>{name}</h2>
        <p className="num">{studentNumber ?? email}</p>
        <p>{t('invitations.use')}</p>
        <p>
          <code>{linkAddress(token)}</code>
        </p>
        <p className="muted">{t('invitations.until', { time: dateTime(expiresAt, locale) })}</p>
      </div>
    </li>
  )
}

/** Has the browser save a text as a file. */
function save(csv: string): void {
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'invitations.csv'
  link.click()
  URL.revokeObjectURL(url)
}
