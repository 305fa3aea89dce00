import { expect, it } from 'vitest'
import { rankDifferences } from './rank-difference.ts'

const score = (correct: number) => ({
  correct,
  total: 30,
  top5Correct: 30,
  crossEntropy: 1 - correct / 100,
  squaredError: 1,
  macroF1: 0,
})
const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, name: id.toUpperCase() }))
if (!a || !b || !c) throw new Error('three teams')

it('ranks each team by its best submission before and after, equal ones sharing a rank', () => {
  const rows = [
    { team: a, before: score(10), after: score(9) },
    { team: a, before: score(20), after: null },
    { team: b, before: score(20), after: score(20) },
    { team: c, before: null, after: score(9) },
  ]
  expect(rankDifferences('accuracy', rows)).toEqual([
    { entryId: 'b', name: 'B', before: { rank: 1, value: 20 }, after: { rank: 1, value: 20 } },
    { entryId: 'a', name: 'A', before: { rank: 1, value: 20 }, after: { rank: 2, value: 9 } },
    { entryId: 'c', name: 'C', before: null, after: { rank: 2, value: 9 } },
  ])
})

it('goes by the round’s metric', () => {
  const rows = [
    { team: a, before: score(10), after: score(10) },
    { team: b, before: score(20), after: score(5) },
  ]
  expect(
    rankDifferences('cross-entropy', rows).map(({ name, before, after }) => [name, before, after]),
  ).toEqual([
    ['A', { rank: 2, value: 9_000 }, { rank: 1, value: 9_000 }],
    ['B', { rank: 1, value: 8_000 }, { rank: 2, value: 9_500 }],
  ])
})
