import { type ErrorCode, type ErrorParams, TaikaiError } from '@taikai/shared/errors'
import { emailSchema } from '@taikai/shared/wire/account'
import { rosterLimits } from '@taikai/shared/wire/roster'
import { CsvError, parse } from 'csv-parse/sync'

/** Why nothing of a line is done. */
export type LineProblem = { code: ErrorCode; params: ErrorParams }

/** A line as it stands in the file, trimmed; an address in lower case. Empty texts where the file has no such column. */
export type FileLine = {
  line: number
  name: string
  email: string
  studentNumber: string
  team: string
  problem: LineProblem | null
}

export type RosterFile = { encoding: 'utf-8' | 'shift_jis'; lines: FileLine[] }

const columnNames = {
  studentNumber: ['学籍番号', '学生番号', 'studentnumber', 'studentid', 'studentno'],
  name: ['氏名', '名前', 'name', 'fullname'],
  email: ['メール', 'メールアドレス', 'email', 'emailaddress', 'mail'],
  team: ['チーム', 'チーム名', 'team', 'teamname'],
} as const
type Column = keyof typeof columnNames

const maxLengths: Record<Column, number> = { studentNumber: 40, name: 60, email: 200, team: 60 }

/**
 * Reads a roster: UTF-8 (with or without a byte order mark) or Shift_JIS as Excel writes it, delimited by comma, semicolon or tab,
 * with a header in Japanese or English. What is wrong with a line stands in the line.
 * Throws ROSTER_ENCODING, ROSTER_CSV_INVALID, ROSTER_COLUMNS_MISSING, ROSTER_EMPTY, ROSTER_TOO_LONG.
 */
export function readRosterFile(bytes: Uint8Array): RosterFile {
  const { encoding, text } = decode(bytes)
  const [header, ...records] = parseCsv(text)
  const columns = header === undefined ? null : findColumns(header.record)
  if (header === undefined || columns === null) throw new TaikaiError('ROSTER_COLUMNS_MISSING')
  if (records.length === 0) throw new TaikaiError('ROSTER_EMPTY')
  if (records.length > rosterLimits.lines) {
    throw new TaikaiError('ROSTER_TOO_LONG', { limit: rosterLimits.lines })
  }
  return {
    encoding,
    lines: records.map(({ record, line }) => {
      const fields = readFields(record, columns)
      const isWhole = record.length === header.record.length
      const problem = isWhole ? findProblem(fields) : { code: 'ROSTER_LINE_FIELDS' as const, params: {} }
      return { line, ...fields, problem }
    }),
  }
}

/** By content: text in Shift_JIS is hardly ever valid UTF-8. */
function decode(bytes: Uint8Array): { encoding: RosterFile['encoding']; text: string } {
  for (const encoding of ['utf-8', 'shift_jis'] as const) {
    try {
      return { encoding, text: new TextDecoder(encoding, { fatal: true }).decode(bytes) }
    } catch (error) {
      // What TextDecoder throws for bytes that are none of its encoding.
      if (!(error instanceof TypeError)) throw error
    }
  }
  throw new TaikaiError('ROSTER_ENCODING')
}

type CsvRecord = { record: string[]; line: number }

function parseCsv(text: string): CsvRecord[] {
  const lineNumbers: number[] = []
  try {
    const records = parse(text, {
      delimiter: delimiterOf(text),
      on_record: (record, { lines }) => {
        lineNumbers.push(lines)
        return record
      },
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    })
    return records.map((record, index) => ({ record, line: lineNumbers[index] ?? 0 }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new TaikaiError('ROSTER_CSV_INVALID', { line: Number(error.lines ?? 1) })
  }
}

/** The one that the header has most of. */
function delimiterOf(text: string): string {
  const header = text.slice(0, /\r|\n|$/.exec(text)?.index).replace(/"[^"]*"/g, '')
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: header.split(mark).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark
}

/** Where each column is; null where there is no e-mail address, or two columns have one meaning. */
function findColumns(header: readonly string[]): Record<Column, number | null> | null {
  const heads = header.map((head) =>
    head
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s_.-]/g, ''),
  )
  const positions = (column: Column) =>
    heads.flatMap((head, at) => (columnNames[column].some((known) => known === head) ? [at] : []))
  const found = {
    studentNumber: positions('studentNumber'),
    name: positions('name'),
    email: positions('email'),
    team: positions('team'),
  }
  if (found.email.length === 0 || Object.values(found).some((at) => at.length > 1)) return null
  const first = (at: number[]) => at[0] ?? null
  return {
    studentNumber: first(found.studentNumber),
    name: first(found.name),
    email: first(found.email),
    team: first(found.team),
  }
}

type Fields = Record<Column, string>

function readFields(record: readonly string[], columns: Record<Column, number | null>): Fields {
  const field = (column: Column) => {
    const at = columns[column]
    return at === null ? '' : (record[at] ?? '')
  }
  return {
    // Typed with a Japanese keyboard, digits and the at sign may be full width.
    studentNumber: field('studentNumber').normalize('NFKC').trim(),
    email: field('email').normalize('NFKC').trim().toLowerCase(),
    name: field('name').normalize('NFC'),
    team: field('team').normalize('NFC'),
  }
}

const columns: readonly Column[] = ['studentNumber', 'name', 'email', 'team']

function findProblem(fields: Fields): LineProblem | null {
  for (const column of columns) {
    const value = fields[column]
    if (/^[=+\-@]|\p{Cc}/u.test(value)) return { code: 'ROSTER_LINE_TEXT', params: {} }
    const limit = maxLengths[column]
    if (value.length > limit) return { code: 'ROSTER_LINE_TOO_LONG', params: { limit } }
  }
  return emailSchema.safeParse(fields.email).success ? null : { code: 'ROSTER_LINE_EMAIL', params: {} }
}
