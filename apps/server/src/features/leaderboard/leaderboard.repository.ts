import type { EntryKind } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

/** An entry, and its best scored submission on the public split; `best…` fields are null while it has none. */
export type StandingRow = {
  entryId: string
  name: string
  kind: EntryKind
  memberCount: number
  submissionCount: number
  correct: number | null
  total: number | null
  top5Correct: number | null
  parameters: number | null
  receivedAt: Date | null
}

/** Every entry of a round with its best public score, in one query. Of equal scores the earlier received counts. Never reads the private split. */
export function findStandings(db: Db, roundId: string): Promise<StandingRow[]> {
  return db.$queryRaw<StandingRow[]>`
    WITH best AS (
      SELECT DISTINCT ON (s."entryId")
        s."entryId", s."receivedAt", s."parameters", score."correct", score."total", score."top5Correct"
      FROM "Submission" s
      JOIN "ScoringRun" run ON run."submissionId" = s."id" AND run."live" AND run."status" = 'SCORED'
      JOIN "Score" score ON score."runId" = run."id" AND score."split" = 'PUBLIC'
      WHERE s."roundId" = ${roundId}::uuid
      ORDER BY s."entryId", score."correct" DESC, s."receivedAt", s."id"
    )
    SELECT e."id"::text AS "entryId", e."name", e."kind"::text AS "kind",
      (SELECT count(*)::int FROM "EntryMember" m WHERE m."entryId" = e."id") AS "memberCount",
      (SELECT count(*)::int FROM "Submission" s WHERE s."entryId" = e."id") AS "submissionCount",
      best."correct", best."total", best."top5Correct", best."parameters", best."receivedAt"
    FROM "Entry" e
    LEFT JOIN best ON best."entryId" = e."id"
    WHERE e."roundId" = ${roundId}::uuid`
}
