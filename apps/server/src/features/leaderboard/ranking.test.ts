import { describe, expect, it } from 'vitest'
import { type RankedFields, rankRows } from './ranking.ts'

function row(
  entryId: string,
  correct: number,
  minute = 0,
  kind: RankedFields['kind'] = 'TEAM',
): RankedFields {
  return { entryId, correct, kind, receivedAt: new Date(Date.UTC(2026, 10, 23, 9, minute)) }
}
const ranks = (rows: RankedFields[]) => rankRows(rows).map(({ entryId, rank }) => [entryId, rank])

describe('rankRows', () => {
  it('lists the most correct first', () => {
    expect(ranks([row('a', 10), row('b', 30), row('c', 20)])).toEqual([
      ['b', 1],
      ['c', 2],
      ['a', 3],
    ])
  })

  it('gives equal counts one rank and leaves the next ranks out', () => {
    expect(ranks([row('a', 9, 3), row('b', 9, 1), row('c', 9, 2), row('d', 8), row('e', 12)])).toEqual([
      ['e', 1],
      ['b', 2],
      ['c', 2],
      ['a', 2],
      ['d', 5],
    ])
  })

  it('places baselines by score, without a rank and without taking one', () => {
    expect(
      ranks([
        row('a', 9),
        row('base', 10, 0, 'BASELINE'),
        row('b', 11),
        row('c', 9, 5),
        row('low', 1, 0, 'BASELINE'),
      ]),
    ).toEqual([
      ['b', 1],
      ['base', null],
      ['a', 2],
      ['c', 2],
      ['low', null],
    ])
  })

  it('lets two of one score share a rank across a baseline of that score', () => {
    expect(ranks([row('b', 5, 3), row('base', 5, 2, 'BASELINE'), row('a', 5, 1)])).toEqual([
      ['a', 1],
      ['base', null],
      ['b', 1],
    ])
  })

  it('orders what is equal in everything always the same', () => {
    expect(ranks([row('b', 5), row('a', 5)])).toEqual(ranks([row('a', 5), row('b', 5)]))
  })

  it('counts zero correct as a score', () => {
    expect(ranks([row('a', 0)])).toEqual([['a', 1]])
  })

  it('ranks nothing as nothing', () => {
    expect(rankRows([])).toEqual([])
  })
})
