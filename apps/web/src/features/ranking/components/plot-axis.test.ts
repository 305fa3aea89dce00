import type { LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import { describe, expect, it } from 'vitest'
import { onAxis, plotAxis } from './plot-axis.ts'

function row(
  kind: LeaderboardRow['kind'],
  interval: LeaderboardRow['interval'],
  correct = 80,
): LeaderboardRow {
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
    crossEntropy: 0.5,
    squaredError: 0.25,
    macroF1: 0.75,
    tieGroup: null,
    publicRank: null,
    macs: null,
    parameters: 10,
    submissionCount: 1,
    receivedAt: '2026-11-23T00:00:00.000Z',
  }
}

const percentAxis = (...rows: LeaderboardRow[]) => plotAxis(rows, 'accuracy')

describe('the common axis of the ranking', () => {
  it('ends at the multiples of five around the teams’ intervals', () => {
    expect(percentAxis(row('TEAM', [0.712, 0.871]), row('TEAM', [0.75, 0.9]))).toEqual({ low: 70, high: 90 })
  })

  it('is not stretched by a weak baseline', () => {
    expect(percentAxis(row('TEAM', [0.81, 0.89]), row('BASELINE', [0.08, 0.12], 10))).toEqual({
      low: 80,
      high: 90,
    })
  })

  it('reaches to a baseline that is ahead of all teams', () => {
    expect(percentAxis(row('BASELINE', [0.81, 0.89], 85), row('TEAM', [0.51, 0.59], 55))).toEqual({
      low: 50,
      high: 90,
    })
  })

  it('shows baselines when there is no team', () => {
    expect(percentAxis(row('BASELINE', [0.41, 0.49]))).toEqual({ low: 40, high: 50 })
  })

  it('has a length even when all images are recognised', () => {
    expect(percentAxis(row('TEAM', [1, 1]))).toEqual({ low: 95, high: 100 })
  })

  it.each([
    [[0.31, 0.42], [0.55, 0.67], { low: 0.3, high: 0.7 }],
    [[1.02, 2.5], [2.9, 3.0], { low: 1, high: 3 }],
    [[0.30001, 0.30004], [0.30002, 0.30009], { low: 0.3, high: 0.3001 }],
    [[0.5, 0.5], [0.5, 0.5], { low: 0.5, high: 0.5001 }],
  ] satisfies [[number, number], [number, number], object][])(
    'has round ends around the losses %j and %j',
    (first, second, axis) => {
      expect(plotAxis([row('TEAM', first), row('TEAM', second)], 'cross-entropy')).toEqual(axis)
    },
  )

  it('is not there for a metric without intervals', () => {
    expect(plotAxis([row('TEAM', null)], 'macro-f1')).toBeNull()
  })

  it('places values by their distance from the low end', () => {
    expect(onAxis(75, { low: 70, high: 90 })).toBeCloseTo(0.25, 12)
    expect(onAxis(60, { low: 70, high: 90 })).toBeLessThan(0)
  })
})
