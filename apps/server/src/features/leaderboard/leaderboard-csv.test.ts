import type { Leaderboard, LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import { expect, it } from 'vitest'
import { leaderboardCsv } from './leaderboard-csv.ts'

function buildRow(overrides: Partial<LeaderboardRow>): LeaderboardRow {
  return {
    rank: 1,
    entryId: '0199b0a0-0000-7000-8000-000000000001',
    name: 'Team',
    kind: 'TEAM',
    memberCount: 2,
    correct: 150,
    total: 300,
    interval: [0.25, 0.75],
    top5Wrong: 4,
    parameters: 1234,
    submissionCount: 7,
    receivedAt: '2026-11-23T09:00:00.000Z',
    ...overrides,
  }
}
const csv = (...rows: LeaderboardRow[]) => {
  const leaderboard: Leaderboard = { roundSlug: 'cup', publicCount: 300, submissionCount: 7, rows }
  return leaderboardCsv(leaderboard).split('\r\n')
}

it('writes one line a row under a header, with a byte order mark', () => {
  expect(csv(buildRow({}))).toEqual([
    '\uFEFFrank,name,kind,members,correct,total,accuracy,accuracy_low,accuracy_high,top5_wrong,parameters,submissions,received_at',
    '1,Team,TEAM,2,150,300,0.5,0.25,0.75,4,1234,7,2026-11-23T09:00:00.000Z',
    '',
  ])
})

it('leaves the rank of a baseline and a missing top-5 error empty', () => {
  expect(csv(buildRow({ rank: null, kind: 'BASELINE', top5Wrong: null }))[1]).toBe(
    ',Team,BASELINE,2,150,300,0.5,0.25,0.75,,1234,7,2026-11-23T09:00:00.000Z',
  )
})

it.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)'])(
  'does not let the name %s be a formula',
  (name) => {
    const cell = csv(buildRow({ name }))[1]?.slice('1,'.length)
    expect(cell).toMatch(/^"?'/)
  },
)

it('quotes what would break the table', () => {
  expect(csv(buildRow({ name: 'a,"b"' }))[1]).toContain('"a,""b"""')
})
