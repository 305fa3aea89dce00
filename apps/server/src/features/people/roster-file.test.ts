import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { readRosterFile } from './roster-file.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readRosterFile(utf8(text))
/** The only line below a header of all columns. */
const only = (line: string) => read(`学籍番号,氏名,メール,チーム\n${line}`).lines[0]

const row = '22B001,髙橋 花,hana@example.jp,畳み込み'
const hana = {
  ...{ line: 2, name: '髙橋 花', email: 'hana@example.jp', studentNumber: '22B001', team: '畳み込み' },
  problem: null,
}

describe('is told by content', () => {
  const file = `学籍番号,氏名,メール,チーム\r\n${row}\r\n`

  it.each([
    ['utf-8', utf8(file)],
    ['utf-8', utf8(`\uFEFF${file}`)],
    // With a character of Microsoft's extension of Shift_JIS.
    ['shift_jis', iconv.encode(file, 'cp932')],
  ] as const)('%s', (encoding, bytes) => {
    expect(readRosterFile(bytes)).toEqual({ encoding, lines: [hana] })
  })

  it.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('%s', (_name, mark) => {
    const text = `学籍番号,氏名,メール,チーム\n${row}`.replaceAll(',', mark)
    expect(read(text).lines).toEqual([hana])
  })

  it('a file that is neither is refused', () => {
    expect(() => readRosterFile(Uint8Array.of(0xff, 0xff, 0x80))).toThrow('ROSTER_ENCODING')
  })
})

describe('the header', () => {
  it.each([
    'Student Number,Name,E-mail,Team',
    '学生番号,名前,メールアドレス,チーム名',
    'student_id , FULL NAME , email address , ＴＥＡＭ',
  ])('may be %s', (header) => {
    expect(read(`${header}\n${row}`).lines).toEqual([hana])
  })

  it('may be in any order, with columns that mean nothing here', () => {
    const { lines } = read('e-mail,学部,name\nhana@example.jp,工学部,"高橋, 花"')
    expect(lines).toEqual([{ ...hana, name: '高橋, 花', studentNumber: '', team: '' }])
  })

  it.each(['氏名,学籍番号', 'メール,e-mail,氏名', ''])('is refused as “%s”', (header) => {
    expect(() => read(`${header}\n1,2,3`)).toThrow('ROSTER_COLUMNS_MISSING')
  })

  it('alone is no roster', () => {
    expect(() => read('氏名,メール\n\n')).toThrow('ROSTER_EMPTY')
  })
})

it('counts lines as an editor does, with empty ones and quoted quotes', () => {
  const { lines } = read('氏名,メール\n\n"a ""b""",a@example.jp\n,\nc,c@example.jp')
  expect(lines.map(({ line, name }) => [line, name])).toEqual([
    [3, 'a "b"'],
    [5, 'c'],
  ])
})

it('takes full-width digits and addresses in capitals for what they mean', () => {
  expect(only('２２Ｂ００１,花,HANA＠Example.jp,')).toMatchObject({
    ...{ studentNumber: '22B001', email: 'hana@example.jp', problem: null },
  })
})

it.each([
  ['=cmd(),花,a@example.jp,', 'ROSTER_LINE_TEXT'],
  ['1,+81,a@example.jp,', 'ROSTER_LINE_TEXT'],
  ['1,花,@example.jp,', 'ROSTER_LINE_TEXT'],
  ['1,花,a@example.jp,-team', 'ROSTER_LINE_TEXT'],
  ['1,"花\n子",a@example.jp,', 'ROSTER_LINE_TEXT'],
  ['1,花\u0000,a@example.jp,', 'ROSTER_LINE_TEXT'],
  [`1,${'花'.repeat(61)},a@example.jp,`, 'ROSTER_LINE_TOO_LONG'],
  ['1,花,a@example,', 'ROSTER_LINE_EMAIL'],
  ['1,花,,', 'ROSTER_LINE_EMAIL'],
  ['1,花,a@example.jp', 'ROSTER_LINE_FIELDS'],
  ['1,花,a@example.jp,,', 'ROSTER_LINE_FIELDS'],
])('explains %j', (line, code) => {
  expect(only(line)?.problem?.code).toBe(code)
})

it('names the line of a quotation mark that is not closed', () => {
  expect(() => read('氏名,メール\n花,"a@example.jp')).toThrow('ROSTER_CSV_INVALID {"line":2}')
})

it('is of 2,000 lines at most', () => {
  const file = (count: number) =>
    `氏名,メール\n${Array.from({ length: count }, (_, at) => `a,a${at}@b.jp`).join('\n')}`
  expect(read(file(2000)).lines).toHaveLength(2000)
  expect(() => read(file(2001))).toThrow('ROSTER_TOO_LONG {"limit":2000}')
})
