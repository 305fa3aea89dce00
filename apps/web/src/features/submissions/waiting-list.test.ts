import { expect, it } from 'vitest'
import { isTaker, noteWaiting, takeEnded } from './waiting-list.ts'

function emptyStore() {
  const items = new Map<string, string>()
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  }
}

it('gives what waited before and ended, to the first tab that takes it', () => {
  const store = emptyStore()
  expect(noteWaiting(store, 'yuki', ['a', 'b'], 0)).toEqual([])
  // Both tabs hear of the end; one may tell.
  expect(noteWaiting(store, 'yuki', ['b'], 10_000)).toEqual(['a'])
  expect(noteWaiting(store, 'yuki', ['b'], 10_000)).toEqual(['a'])
  expect(takeEnded(store, 'yuki', 'a', 'left', 10_000)).toBe(true)
  expect(takeEnded(store, 'yuki', 'a', 'right', 10_001)).toBe(false)
  expect(noteWaiting(store, 'yuki', ['b'], 10_002)).toEqual([])
})

it('is told by one tab where two take it before either reads what the other wrote', () => {
  const [left, right] = [emptyStore(), emptyStore()]
  for (const store of [left, right]) noteWaiting(store, 'yuki', ['a'], 0)
  expect(takeEnded(left, 'yuki', 'a', 'left', 10_000)).toBe(true)
  expect(takeEnded(right, 'yuki', 'a', 'right', 10_001)).toBe(true)
  // What was written last is what every tab reads in the end.
  for (const [key, value] of right.items) left.setItem(key, value)
  expect(isTaker(left, 'yuki', 'a', 'left')).toBe(false)
  expect(isTaker(right, 'yuki', 'a', 'right')).toBe(true)
})

it('does not begin anew by an answer from before the end, but when it is scored again', () => {
  const store = emptyStore()
  noteWaiting(store, 'yuki', ['a'], 0)
  takeEnded(store, 'yuki', 'a', 'left', 10_000)
  noteWaiting(store, 'yuki', ['a'], 9_000)
  noteWaiting(store, 'yuki', ['a'], 12_000)
  expect(noteWaiting(store, 'yuki', [], 13_000)).toEqual([])
  noteWaiting(store, 'yuki', ['a'], 60_000)
  expect(noteWaiting(store, 'yuki', [], 70_000)).toEqual(['a'])
})

it('tells nobody of what another account waited for', () => {
  const store = emptyStore()
  noteWaiting(store, 'yuki', ['a'], 0)
  expect(noteWaiting(store, 'hana', [], 1)).toEqual([])
  expect(takeEnded(store, 'hana', 'a', 'left', 1)).toBe(false)
})
