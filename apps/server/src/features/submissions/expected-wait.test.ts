import { expect, it } from 'vitest'
import { expectedOfQueued, expectedOfRunning } from './expected-wait.ts'

const recent = { count: 8, low: 10, high: 40 }

it.each([
  // Nothing ahead: its own run alone.
  [{ ahead: 0, running: 0, own: 0, ownRunning: 0 }, 1, 10, 40],
  // One runs, two are queued: at best two turns and its own, at worst three and its own.
  [{ ahead: 3, running: 1, own: 0, ownRunning: 0 }, 1, 30, 160],
  // Two at a time: five queued behind two running are two full turns at best, seven in all four at worst.
  [{ ahead: 7, running: 2, own: 0, ownRunning: 0 }, 2, 30, 200],
  // Places for all, but its own entry's three go one after another; one of them runs.
  [{ ahead: 3, running: 1, own: 3, ownRunning: 1 }, 8, 30, 160],
])('%j with %i at a time: between %i and %i seconds', (place, slots, low, high) => {
  expect(expectedOfQueued(place, recent, slots)).toEqual({ low, high, runs: 8 })
})

it('says nothing where it knows too little', () => {
  const next = { ahead: 0, running: 0, own: 0, ownRunning: 0 }
  expect(expectedOfQueued(next, null, 1)).toBeNull()
  expect(expectedOfQueued(next, { ...recent, count: 4 }, 1)).toBeNull()
  expect(expectedOfQueued(next, recent, 0)).toBeNull()
  expect(expectedOfRunning({ imagesDone: 0, imagesTotal: 100 }, 30)).toBeNull()
})

it('of what runs, at the speed so far', () => {
  // 40 images in 10 seconds: the other 60 take 15.
  expect(expectedOfRunning({ imagesDone: 40, imagesTotal: 100 }, 10)).toEqual({
    low: 15,
    high: 15,
    runs: null,
  })
})
