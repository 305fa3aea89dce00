import { type Leaderboard, leaderboardSchema } from '@taikai/shared/wire/leaderboard'
import type { Db } from '../../platform/prisma.ts'

/** The final ranking as it was last published. Throws where nothing was. */
export async function newestStandings(db: Db, roundId: string): Promise<Leaderboard> {
  const { leaderboard } = await db.standings.findFirstOrThrow({
    where: { roundId },
    orderBy: { version: 'desc' },
  })
  return leaderboardSchema.parse(leaderboard)
}

/** Adds the next version of a round's standings, and gives its number. The caller holds the round's lock. */
export async function insertStandings(
  tx: Db,
  roundId: string,
  leaderboard: Leaderboard,
  publishedAt: Date,
): Promise<number> {
  const version = 1 + (await tx.standings.count({ where: { roundId } }))
  await tx.standings.create({
    data: { roundId, version, publishedAt, leaderboard: { ...leaderboard, version } },
  })
  return version
}

/** Submissions of ranked entries whose live run is neither finished nor given up. */
export function countUnfinishedRuns(db: Db, roundId: string): Promise<number> {
  return db.scoringRun.count({
    where: {
      live: true,
      status: { in: ['QUEUED', 'RUNNING'] },
      submission: { roundId, disqualifiedAt: null, entry: { disqualifiedAt: null } },
    },
  })
}
