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
    crossEntropy: 1.25,
    squaredError: 0.5,
    macroF1: 0.4375,
    tieGroup: 0,
    publicRank: null,
    macs: 5678,
    parameters: 1234,
    submissionCount: 7,
    receivedAt: '2026-11-23T09:00:00.000Z',
    ...overrides,
  }
}
const csv = (...rows: LeaderboardRow[]) => {
  const leaderboard: Leaderboard = {
    roundSlug: 'cup',
    view: 'public',
    metric: 'accuracy',
    imageCount: 300,
    frozenAt: null,
    version: null,
    submissionCount: 7,
    rows,
  }
  return leaderboardCsv(leaderboard).split('\r\n')
}

it('writes one line a row under a header, with a byte order mark', () => {
  expect(csv(buildRow({}))).toEqual([
    '\uFEFFrank,name,kind,members,correct,total,accuracy,top5_wrong,cross_entropy,squared_error,macro_f1,interval_low,interval_high,tie_group,public_rank,parameters,macs,submissions,received_at',
    '1,Team,TEAM,2,150,300,0.5,4,1.25,0.5,0.4375,0.25,0.75,0,,1234,5678,7,2026-11-23T09:00:00.000Z',
    '',
  ])
})

it('leaves empty what a row has not', () => {
  const missing = { rank: null, top5Wrong: null, interval: null, tieGroup: null, macs: null }
  expect(csv(buildRow({ kind: 'BASELINE', ...missing }))[1]).toBe(
    ',Team,BASELINE,2,150,300,0.5,,1.25,0.5,0.4375,,,,,1234,,7,2026-11-23T09:00:00.000Z',
  )
})

it('has the shake-up of the final view', () => {
  expect(csv(buildRow({ rank: 2, publicRank: 5 }))[1]).toContain(',0,5,1234,')
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
