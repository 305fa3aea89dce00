import { expect, it } from 'vitest'
import { noteWaiting, takeEnded } from './waiting-list.ts'

function emptyStore() {
  const items = new Map<string, string>()
  return {
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
  expect(takeEnded(store, 'yuki', 'a', 10_000)).toBe(true)
  expect(takeEnded(store, 'yuki', 'a', 10_001)).toBe(false)
  expect(noteWaiting(store, 'yuki', ['b'], 10_002)).toEqual([])
})

it('does not begin anew by an answer from before the end, but when it is scored again', () => {
  const store = emptyStore()
  noteWaiting(store, 'yuki', ['a'], 0)
  takeEnded(store, 'yuki', 'a', 10_000)
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
  expect(takeEnded(store, 'hana', 'a', 1)).toBe(false)
})
