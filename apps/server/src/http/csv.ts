import { stringify } from 'csv-stringify/sync'

/** Null is an empty cell; a number stays one. */
export type CsvCell = string | number | null

/**
 * A table for spreadsheets (RFC 4180, lines end with CRLF). A text that a spreadsheet would run as a formula (it begins with = + - @,
 * a tab or a carriage return) gets an apostrophe in front (OWASP, CSV Injection). `bom`: a byte order mark, without which Excel takes
 * UTF-8 for the local code page.
 */
export function csvText(
  header: readonly string[],
  rows: readonly (readonly CsvCell[])[],
  { bom }: { bom: boolean },
): string {
  return stringify([...rows], {
    header: true,
    columns: [...header],
    bom,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}
