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
    {
      entryId: 'b',
      name: 'B',
      before: { rank: 1, value: 20, imageCount: 30 },
      after: { rank: 1, value: 20, imageCount: 30 },
    },
    {
      entryId: 'a',
      name: 'A',
      before: { rank: 1, value: 20, imageCount: 30 },
      after: { rank: 2, value: 9, imageCount: 30 },
    },
    { entryId: 'c', name: 'C', before: null, after: { rank: 2, value: 9, imageCount: 30 } },
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
    ['A', { rank: 2, value: 9_000, imageCount: 30 }, { rank: 1, value: 9_000, imageCount: 30 }],
    ['B', { rank: 1, value: 8_000, imageCount: 30 }, { rank: 2, value: 9_500, imageCount: 30 }],
  ])
})

it('says how many images each side comes from: a rescore on another data set has others', () => {
  const rows = [{ team: a, before: { ...score(7), total: 10 }, after: { ...score(14), total: 20 } }]
  expect(rankDifferences('accuracy', rows)).toEqual([
    {
      entryId: 'a',
      name: 'A',
      before: { rank: 1, value: 7, imageCount: 10 },
      after: { rank: 1, value: 14, imageCount: 20 },
    },
  ])
})
