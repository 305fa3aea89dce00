import { roundedSteps } from '@taikai/shared/ranking-metric'
import type { receiptFields } from '@taikai/shared/wire/rescore'
import type { Score, Split } from '../../generated/prisma/client.ts'
import { discordantCounts, readCorrectness } from '../leaderboard/statistics/correctness.ts'
import type { RunRow } from './rescores.repository.ts'

type ReceiptField = (typeof receiptFields)[number]
const splits: readonly Split[] = ['PUBLIC', 'PRIVATE']

/** In which fields of their receipts two finished runs of one submission differ; none while one is not finished. */
export function runDifferences(before: RunRow, after: RunRow): ReceiptField[] {
  if (before.finishedAt === null || after.finishedAt === null) return []
  if (before.status !== after.status) return ['status']
  const differs: Record<ReceiptField, boolean> = {
    status: false,
    dataset: before.datasetId !== after.datasetId,
    splitId: before.splitId !== after.splitId,
    engine: before.engine !== after.engine || before.engineVersion !== after.engineVersion,
    scorerVersion: before.scorerVersion !== after.scorerVersion,
    counts: scoresDiffer(before, after, integersOf),
    metrics: scoresDiffer(before, after, roundedMetricsOf),
  }
  const fields: ReceiptField[] = ['dataset', 'splitId', 'engine', 'scorerVersion', 'counts', 'metrics']
  return fields.filter((field) => differs[field])
}

/** Images of both splits that only the old, and only the new run recognised; null where they scored different images. */
export function changedImages(before: RunRow, after: RunRow): { lost: number; gained: number } | null {
  if (before.splitId !== after.splitId || before.datasetId !== after.datasetId) return null
  let [lost, gained] = [0, 0]
  for (const split of splits) {
    const [old, renewed] = [scoreOf(before, split), scoreOf(after, split)]
    if (old === null || renewed === null) return null
    const { onlyFirst, onlySecond } = discordantCounts(
      readCorrectness(old.correctBits),
      readCorrectness(renewed.correctBits),
    )
    lost += onlyFirst
    gained += onlySecond
  }
  return { lost, gained }
}

/** A run's score on one split; null until it is scored. */
export function scoreOf(run: RunRow, split: Split): Score | null {
  return run.scores.find((score) => score.split === split) ?? null
}

function scoresDiffer(before: RunRow, after: RunRow, numbersOf: (score: Score) => number[]): boolean {
  const numbers = (run: RunRow) =>
    splits.flatMap((split) => {
      const score = scoreOf(run, split)
      return score === null ? [] : numbersOf(score)
    })
  return String(numbers(before)) !== String(numbers(after))
}

function integersOf(score: Score): number[] {
  const { correct, total, top5Correct, perClassCorrect, perClassTotal, confusionMatrix } = score
  return [correct, total, top5Correct, ...perClassCorrect, ...perClassTotal, ...confusionMatrix]
}

/** To the steps in which they are compared and shown. */
function roundedMetricsOf({ crossEntropy, squaredError, macroF1, calibrationError }: Score): number[] {
  return [crossEntropy, squaredError, macroF1, calibrationError].map((value) =>
    Math.round(value * roundedSteps),
  )
}
