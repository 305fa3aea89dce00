import { expect, it } from 'vitest'
import { historyRows } from './history-rows.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 9, minute)).toISOString()
const time = (minute: number) => Date.UTC(2026, 10, 24, 9, minute)

it('has a row for each change, and carries every line to the last', () => {
  const rows = historyRows([
    {
      entryId: 'a',
      points: [
        { receivedAt: at(1), value: 10 },
        { receivedAt: at(3), value: 12 },
      ],
    },
    {
      entryId: 'b',
      points: [
        { receivedAt: at(1), value: 7 },
        { receivedAt: at(2), value: 9 },
      ],
    },
  ])
  expect(rows).toEqual([
    { time: time(1), a: 10, b: 7 },
    { time: time(2), b: 9 },
    { time: time(3), a: 12, b: 9 },
  ])
  expect(historyRows([])).toEqual([])
})
