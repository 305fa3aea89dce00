import { expect, it } from 'vitest'
import { changesOf } from './changes.ts'

it('names the fields that differ, and no other', () => {
  const before = { title: 'A', closesAt: null, layers: ['Dense'], same: { a: [1] } }
  const after = { title: 'B', closesAt: '2026-12-01T00:00:00Z', layers: ['Dense', 'LSTM'], same: { a: [1] } }
  expect(changesOf({ before, after })).toEqual([
    { field: 'title', before: 'A', after: 'B' },
    { field: 'closesAt', before: null, after: '2026-12-01T00:00:00Z' },
    { field: 'layers', before: ['Dense'], after: ['Dense', 'LSTM'] },
  ])
})

it('tells all that was made or deleted, but what says nothing', () => {
  expect(changesOf({ before: null, after: { name: 'x', engine: null, layers: [], note: '' } })).toEqual([
    { field: 'name', before: undefined, after: 'x' },
  ])
  expect(changesOf({ before: { name: 'x' }, after: null })).toEqual([
    { field: 'name', before: 'x', after: undefined },
  ])
  expect(changesOf({ before: null, after: null })).toEqual([])
})
