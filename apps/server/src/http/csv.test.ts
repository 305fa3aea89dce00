import { expect, it } from 'vitest'
import { csvText } from './csv.ts'

it('writes a header and a line for each row', () => {
  expect(csvText(['name', 'score'], [['大会', 0.5]], { bom: false })).toBe('name,score\r\n大会,0.5\r\n')
})

it('begins with a byte order mark where that is asked for', () => {
  expect(csvText(['a'], [], { bom: true })).toBe('\uFEFFa\r\n')
})

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '＝1', '=HYPERLINK("http://x")'])(
  'lets no text be a formula: %j',
  (text) => {
    const line = csvText(['a'], [[text]], { bom: false }).slice('a\r\n'.length)
    expect(line).toMatch(/^"?'/)
  },
)

it('leaves numbers numbers, negative ones too, and null empty', () => {
  expect(csvText(['a', 'b', 'c'], [[-3, 0, null]], { bom: false })).toBe('a,b,c\r\n-3,0,\r\n')
})

it('quotes what would break the table', () => {
  expect(csvText(['a'], [['1,"2"\r\n3']], { bom: false })).toBe('a\r\n"1,""2""\r\n3"\r\n')
})
