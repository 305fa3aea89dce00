import type { LeaderboardView } from '@taikai/shared/leaderboard-view'
import type { Leaderboard } from '@taikai/shared/wire/leaderboard'
import { expect } from 'vitest'
import type { TestApp } from '../../../test/build-test-app.ts'
import type { Round } from '../../generated/prisma/client.ts'
import type { TestClient } from '../../http/test-client.ts'
import { buildScore, insertScored } from '../../http/test-data.ts'
import type { Place } from './independent-ranking.ts'

type SplitInput = Parameters<typeof buildScore>[0]

/** A minute of the day on which the tests' contests take place. */
export const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 9, minute))

/** An entry without members. */
export async function addTeam(
  { prisma }: TestApp,
  round: Round,
  name: string,
  kind: 'TEAM' | 'BASELINE' = 'TEAM',
): Promise<string> {
  return (await prisma.entry.create({ data: { roundId: round.id, name, kind } })).id
}

/** A scored submission: of 30 public images and 70 private ones so many are right. Gives its id. */
export function addScored(
  service: TestApp,
  round: Round,
  entryId: string,
  input: { minute: number; correct: number; privateCorrect?: number; parameters?: number },
): Promise<string> {
  const { minute, correct, privateCorrect = 1, ...rest } = input
  return insertScored(service, {
    round,
    entryId,
    receivedAt: at(minute),
    public: publicOf(correct),
    private: { correct: privateCorrect, total: 70, top5Correct: Math.max(privateCorrect, 68) },
    ...rest,
  })
}

function publicOf(correct: number): SplitInput {
  return { correct, total: 30, top5Correct: Math.max(correct, 28) }
}

/** A rescore's run takes the place of the live one, as an instructor's "make live" does at that minute. */
export async function makeRescoreLive(
  { prisma }: TestApp,
  submissionId: string,
  input: { minute: number; correct: number; privateCorrect?: number },
): Promise<void> {
  const { minute, correct, privateCorrect = 1 } = input
  const [old] = await prisma.scoringRun.findMany({
    where: { submissionId, live: true },
    include: { submission: true },
  })
  if (old === undefined) throw new Error('the submission has a live run')
  await prisma.scoringRun.update({ where: { id: old.id }, data: { live: false, replacedAt: at(minute) } })
  const rescore = await prisma.rescore.create({
    data: { roundId: old.submission.roundId, datasetId: old.datasetId, madeLiveAt: at(minute) },
  })
  await prisma.scoringRun.create({
    data: {
      submissionId,
      datasetId: old.datasetId,
      status: 'SCORED',
      imagesTotal: 100,
      imagesDone: 100,
      startedAt: at(minute),
      finishedAt: at(minute),
      engine: 'wasm',
      engineVersion: '1',
      scorerVersion: '2',
      splitId: 'split',
      live: true,
      madeLiveAt: at(minute),
      rescoreId: rescore.id,
      scores: {
        create: [
          { split: 'PUBLIC', ...buildScore(publicOf(correct)) },
          {
            split: 'PRIVATE',
            ...buildScore({ correct: privateCorrect, total: 70, top5Correct: Math.max(privateCorrect, 68) }),
          },
        ],
      },
    },
  })
}

export async function readBoard(
  client: TestClient,
  { slug }: Round,
  view: LeaderboardView = 'public',
): Promise<Leaderboard> {
  const response = await client.get(`/api/rounds/${slug}/leaderboard?view=${view}`)
  expect(response.statusCode, response.body).toBe(200)
  return response.json()
}

/** Rank, name and images right of every row. */
export const standingsOf = ({ rows }: Leaderboard) =>
  rows.map(({ rank, name, correct }) => [rank, name, correct])

/** All that a row says of its place, with the value that ranks as an integer. */
export const placesOf = ({ metric, rows }: Leaderboard): Place[] =>
  rows.map((row) => ({
    entryId: row.entryId,
    receivedAt: Date.parse(row.receivedAt),
    rank: row.rank,
    value: {
      accuracy: row.correct,
      'top5-error': row.top5Wrong ?? -1,
      'cross-entropy': Math.round(row.crossEntropy * 10_000),
      'squared-error': Math.round(row.squaredError * 10_000),
      'macro-f1': Math.round(row.macroF1 * 10_000),
    }[metric],
    group: row.tieGroup,
  }))
