// node bench/statistics.ts
// What the statistics of a very large ranking cost: tie groups and intervals, due at every change, and all pairs as the upper
// limit. One thread; times are the processor's, so that other work on the machine does not count, and wall times stand beside.
import { randomFrom } from '../apps/server/src/features/demo/random.ts'
import {
  type Correctness,
  discordantCounts,
  readCorrectness,
} from '../apps/server/src/features/leaderboard/statistics/correctness.ts'
import { mcNemarP } from '../apps/server/src/features/leaderboard/statistics/mcnemar.ts'
import { tieGroups } from '../apps/server/src/features/leaderboard/statistics/tie-groups.ts'
import { packBits } from '../apps/server/src/scoring/pack-bits.ts'
import { wilsonInterval } from '../packages/shared/src/confidence-interval.ts'
import { writeResults } from './results-file.ts'

const entries = 2_000
const images = 10_000
const runs = 5
const groupsAimMs = 300
const pairsAimMs = 10_000

/** A model of some skill has an image right when the skill exceeds its hardness, of which the part `own` is drawn for each model. */
type Ranking = { name: string; best: number; worst: number; own: number }
const rankings: Ranking[] = [
  { name: 'models of one course', best: 0.85, worst: 0.5, own: 0.5 },
  // Each is right on a part of what the better one is right on: no ranking has more groups.
  { name: 'nested models', best: 1, worst: 0, own: 0 },
]

function drawBits({ best, worst, own }: Ranking): Uint8Array[] {
  const random = randomFrom(20_261_124)
  const share = () => random.between(0, 999_999) / 1_000_000
  const hardness = Array.from({ length: images }, share)
  return Array.from({ length: entries }, (_, entry) => {
    const skill = best - ((best - worst) * entry) / entries
    return packBits(hardness.map((hard) => skill > hard * (1 - own) + share() * own))
  })
}

function countDifferentPairs(correctness: readonly Correctness[]): number {
  let different = 0
  for (const [at, first] of correctness.entries()) {
    for (const second of correctness.slice(at + 1)) {
      const { onlyFirst, onlySecond } = discordantCounts(first, second)
      if (mcNemarP(onlyFirst, onlySecond) < 0.05) different++
    }
  }
  return different
}

/** Milliseconds of the run that was the median by processor time. */
function measure(run: () => void, times: number): { cpuMs: number; wallMs: number } {
  const measured = Array.from({ length: times }, () => {
    const before = process.cpuUsage()
    const startedAt = performance.now()
    run()
    const { user, system } = process.cpuUsage(before)
    return {
      cpuMs: Math.round((user + system) / 1000),
      wallMs: Math.round(performance.now() - startedAt),
    }
  }).toSorted((a, b) => a.cpuMs - b.cpuMs)
  const median = measured[Math.floor(times / 2)]
  if (median === undefined) throw new RangeError('measured nothing')
  return median
}

const rows = rankings.flatMap((ranking) => {
  const bits = drawBits(ranking)
  const correctness = bits.map(readCorrectness)
  let groups = 0
  let different = 0
  const grouping = measure(() => {
    const rankedNow = bits.map(readCorrectness)
    for (const { correct } of rankedNow) wilsonInterval(correct, images)
    groups = (tieGroups(rankedNow).at(-1)?.group ?? -1) + 1
  }, runs)
  const pairs = measure(() => {
    different = countDifferentPairs(correctness)
  }, 1)
  const row = (what: string, time: typeof pairs, aimMs: number, found: string) => ({
    ranking: ranking.name,
    what,
    ...time,
    aimMs,
    ratio: Math.round((time.cpuMs / aimMs) * 100) / 100,
    found,
  })
  const ofAll = `${different} of ${(entries * (entries - 1)) / 2} below 0.05`
  return [
    row('groups and intervals', grouping, groupsAimMs, `${groups} groups`),
    row('all pairs', pairs, pairsAimMs, ofAll),
  ]
})

writeResults('statistics', rows)
