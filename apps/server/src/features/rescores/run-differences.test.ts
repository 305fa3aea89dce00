import { expect, it } from 'vitest'
import { buildScore } from '../../http/test-data.ts'
import type { RunRow } from './rescores.repository.ts'
import { changedImages, runDifferences } from './run-differences.ts'

const at = new Date('2026-11-24T09:00:00Z')

function buildRun(overrides: Partial<RunRow>, correct = 10, metrics: { crossEntropy?: number } = {}): RunRow {
  const score = (split: 'PUBLIC' | 'PRIVATE') => ({
    split,
    runId: 'run',
    ...buildScore({ correct, total: 16, top5Correct: 16, ...metrics }),
    calibrationBins: [],
  })
  return {
    id: 'run',
    submissionId: 'submission',
    datasetId: 'dataset',
    status: 'SCORED',
    live: true,
    rescoreId: null,
    madeLiveAt: null,
    replacedAt: null,
    attempt: 1,
    turnAt: at,
    claimedBy: null,
    workerId: null,
    heartbeatAt: null,
    startedAt: at,
    finishedAt: at,
    imagesDone: 32,
    imagesTotal: 32,
    engine: 'wasm',
    engineNote: null,
    engineVersion: '1',
    scorerVersion: '1',
    splitId: 'split',
    imagesPerSecond: 1,
    reasonCode: null,
    reasonParams: null,
    outputsBlob: null,
    createdAt: at,
    dataset: { name: 'digits', version: 1 },
    scores: [score('PUBLIC'), score('PRIVATE')],
    ...overrides,
  }
}

it.each([
  ['nothing', buildRun({}), []],
  ['an engine’s version', buildRun({ engineVersion: '2' }), ['engine']],
  ['dataset and split', buildRun({ datasetId: 'other', splitId: 'other' }), ['dataset', 'splitId']],
  ['the scorer', buildRun({ scorerVersion: '2' }), ['scorerVersion']],
  ['counts', buildRun({}, 9), ['counts']],
  // Compared in the steps of 1e-4 in which they are shown.
  ['a loss by 1e-4', buildRun({}, 10, { crossEntropy: 1.0001 }), ['metrics']],
  ['a loss by 1e-6', buildRun({}, 10, { crossEntropy: 1.000001 }), []],
  ['the state', buildRun({ status: 'REJECTED', scores: [] }), ['status']],
  ['a run that is not finished', buildRun({ status: 'RUNNING', finishedAt: null, scores: [] }), []],
] as const)('“a rescore that differs says where”: %s', (_, after, fields) => {
  expect(runDifferences(buildRun({}), after)).toEqual(fields)
})

it('counts images of both splits that changed, where both runs scored the same ones', () => {
  // The first ten of sixteen were right on each split, now the first seven, or the first twelve.
  expect(changedImages(buildRun({}), buildRun({}, 7))).toEqual({ lost: 6, gained: 0 })
  expect(changedImages(buildRun({}), buildRun({}, 12))).toEqual({ lost: 0, gained: 4 })
  expect(changedImages(buildRun({}), buildRun({ splitId: 'other' }))).toBeNull()
  expect(changedImages(buildRun({}), buildRun({ scores: [] }))).toBeNull()
})
