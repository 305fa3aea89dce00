import { expect, it } from 'vitest'
import { tieBrackets } from './tie-brackets.ts'

const team = (name: string, tieGroup: number | null) => ({ name, kind: 'TEAM' as const, tieGroup })
const baseline = { name: 'base', kind: 'BASELINE' as const, tieGroup: null }

it('joins the teams of a group, through the baselines between them', () => {
  const rows = [
    baseline,
    team('a', 0),
    team('b', 0),
    baseline,
    team('c', 0),
    baseline,
    team('d', 1),
    team('e', 2),
    team('f', 2),
    baseline,
  ]
  expect(tieBrackets(rows).map((bracket) => bracket && `${bracket.part} ${bracket.leader}`)).toEqual([
    null,
    'first a',
    'middle a',
    'through a',
    'last a',
    null,
    null,
    'first e',
    'last e',
    null,
  ])
})

it('joins nothing where the metric has no groups', () => {
  expect(tieBrackets([team('a', null), team('b', null)])).toEqual([null, null])
})
