import type { PersonLink } from '@taikai/shared/wire/person'
import { stringify } from 'csv-stringify/browser/esm/sync'
import { linkAddress } from '../api/people.ts'

type Heads = { number: string; name: string; email: string; url: string; until: string }

/** For spreadsheets and mail merges: a byte order mark, as Excel wants it, and no cell that is a formula. */
export function invitationCsv(links: readonly PersonLink[], heads: Heads): string {
  return stringify(
    links.map(({ studentNumber, name, email, token, expiresAt }) => [
      ...[studentNumber, name, email],
      ...[linkAddress(token), expiresAt],
    ]),
    {
      header: true,
      columns: [heads.number, heads.name, heads.email, heads.url, heads.until],
      bom: true,
      escape_formulas: true,
      record_delimiter: 'windows',
    },
  )
}
