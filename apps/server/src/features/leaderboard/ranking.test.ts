import type { MetricScore, RankingMetric } from '@taikai/shared/ranking-metric'
import { describe, expect, it } from 'vitest'
import { type RankedFields, rankRows } from './ranking.ts'

function row(
  entryId: string,
  correct: number,
  minute = 0,
  kind: RankedFields['kind'] = 'TEAM',
): RankedFields {
  return { ...score, entryId, correct, kind, receivedAt: new Date(Date.UTC(2026, 10, 23, 9, minute)) }
}
const score: MetricScore = {
  correct: 0,
  total: 100,
  top5Correct: 100,
  crossEntropy: 1,
  squaredError: 1,
  macroF1: 0,
}
const ranks = (rows: RankedFields[]) => rankRows('accuracy', rows).map(({ entryId, rank }) => [entryId, rank])

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
    expect(rankRows('accuracy', [])).toEqual([])
  })

  it.each([
    ['accuracy', { correct: 60 }, { correct: 59 }],
    ['top5-error', { top5Correct: 99, correct: 1 }, { top5Correct: 98, correct: 98 }],
    ['cross-entropy', { crossEntropy: 0.1234 }, { crossEntropy: 0.1235 }],
    ['squared-error', { squaredError: 0.4 }, { squaredError: 0.4001 }],
    ['macro-f1', { macroF1: 0.5001 }, { macroF1: 0.5 }],
  ] satisfies [RankingMetric, Partial<MetricScore>, Partial<MetricScore>][])(
    'ranks by %s in the direction that it has',
    (metric, better, worse) => {
      const rows = [
        { ...row('worse', 50, 1), ...worse },
        { ...row('better', 50, 2), ...better },
      ]
      expect(rankRows(metric, rows).map(({ entryId, rank }) => [entryId, rank])).toEqual([
        ['better', 1],
        ['worse', 2],
      ])
    },
  )

  it('compares metrics that are not counts rounded to 1e-4', () => {
    const rows = [
      { ...row('later', 50, 2), crossEntropy: 0.12341 },
      { ...row('earlier', 50, 1), crossEntropy: 0.12344 },
      { ...row('more', 50, 0), crossEntropy: 0.12346 },
    ]
    expect(rankRows('cross-entropy', rows).map(({ entryId, rank }) => [entryId, rank])).toEqual([
      ['earlier', 1],
      ['later', 1],
      ['more', 3],
    ])
  })
})
