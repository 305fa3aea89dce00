import { expect, it } from 'vitest'
import { EventQueue } from './event-queue.ts'

it('keeps only the newest event of a topic for a slow reader', async () => {
  const queue = new EventQueue()
  queue.push({ topic: 'a', version: 1 })
  queue.push({ topic: 'b', version: 2 })
  queue.push({ topic: 'a', version: 3 })
  const read: number[] = []
  for await (const { version } of queue) {
    read.push(version)
    if (read.length === 2) queue.close()
  }
  expect(read).toEqual([3, 2])
})

it('wakes a reader that waits', async () => {
  const queue = new EventQueue()
  const reader = queue[Symbol.asyncIterator]()
  const next = reader.next()
  queue.push({ topic: 'a', version: 1 })
  expect(await next).toEqual({ done: false, value: { topic: 'a', version: 1 } })
})

it('ends for a reader that waits when it is closed', async () => {
  const queue = new EventQueue()
  const next = queue[Symbol.asyncIterator]().next()
  queue.close()
  expect(await next).toEqual({ done: true, value: undefined })
})
