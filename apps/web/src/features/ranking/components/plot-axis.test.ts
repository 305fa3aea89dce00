import type { LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import { describe, expect, it } from 'vitest'
import { onAxis, plotAxis } from './plot-axis.ts'

function row(kind: LeaderboardRow['kind'], interval: [number, number], correct = 80): LeaderboardRow {
  return {
    rank: kind === 'TEAM' ? 1 : null,
    entryId: '0190a000-0000-7000-8000-000000000000',
    name: 'name',
    kind,
    memberCount: 1,
    correct,
    total: 100,
    interval,
    top5Wrong: 1,
    parameters: 10,
    submissionCount: 1,
    receivedAt: '2026-11-23T00:00:00.000Z',
  }
}

describe('the common axis of the ranking', () => {
  it('ends at the multiples of five around the teams’ intervals', () => {
    expect(plotAxis([row('TEAM', [0.712, 0.871]), row('TEAM', [0.75, 0.9])])).toEqual({ low: 70, high: 90 })
  })

  it('is not stretched by a weak baseline', () => {
    expect(plotAxis([row('TEAM', [0.81, 0.89]), row('BASELINE', [0.08, 0.12], 10)])).toEqual({
      low: 80,
      high: 90,
    })
  })

  it('reaches to a baseline that is ahead of all teams', () => {
    expect(plotAxis([row('TEAM', [0.51, 0.59], 55), row('BASELINE', [0.81, 0.89], 85)])).toEqual({
      low: 50,
      high: 90,
    })
  })

  it('shows baselines when there is no team', () => {
    expect(plotAxis([row('BASELINE', [0.41, 0.49])])).toEqual({ low: 40, high: 50 })
  })

  it('has a length even when all images are recognised', () => {
    expect(plotAxis([row('TEAM', [1, 1])])).toEqual({ low: 95, high: 100 })
  })

  it('places shares by their distance from the low end', () => {
    expect(onAxis(0.75, { low: 70, high: 90 })).toBeCloseTo(0.25, 12)
    expect(onAxis(0.6, { low: 70, high: 90 })).toBeLessThan(0)
  })
})
