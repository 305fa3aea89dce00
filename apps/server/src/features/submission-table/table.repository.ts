import type { TableFilter, TableQuery } from '@taikai/shared/wire/submission-table'
import { type EntryKind, Prisma, type SubmissionStatus } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

export type TableRowFields = {
  id: string
  roundSlug: string
  roundTitle: string
  entryName: string
  entryKind: EntryKind
  label: string
  status: SubmissionStatus
  receivedAt: Date
  disqualified: boolean
  finalPick: boolean
  format: string
  parameters: number
  uploadBytes: number
  engine: string | null
  durationMs: number | null
  publicCorrect: number | null
  publicTotal: number | null
  privateCorrect: number | null
  privateTotal: number | null
  reasonCode: string | null
}

const tables = Prisma.sql`
  FROM "Submission" s
  JOIN "Round" o ON o."id" = s."roundId"
  JOIN "Entry" e ON e."id" = s."entryId"
  JOIN "ScoringRun" run ON run."submissionId" = s."id" AND run."live"`

const scores = Prisma.sql`
  LEFT JOIN "Score" public ON public."runId" = run."id" AND public."split" = 'PUBLIC'
  LEFT JOIN "Score" private ON private."runId" = run."id" AND private."split" = 'PRIVATE'`

const columns: Record<TableQuery['sort'], Prisma.Sql> = {
  received: Prisma.sql`s."receivedAt"`,
  public: Prisma.sql`public."correct"::float8 / public."total"`,
  private: Prisma.sql`private."correct"::float8 / private."total"`,
  duration: Prisma.sql`run."finishedAt" - run."startedAt"`,
  parameters: Prisma.sql`s."parameters"`,
}
/** What may be missing comes last in either order; the others keep the order of their index. */
const mayBeMissing: readonly TableQuery['sort'][] = ['public', 'private', 'duration']

/** One page of the submissions of all rounds, with what their live runs reached on both splits. */
export function findTableRows(db: Db, query: TableQuery): Promise<TableRowFields[]> {
  return db.$queryRaw<TableRowFields[]>`
    SELECT s."id"::text AS "id", o."slug" AS "roundSlug", o."title" AS "roundTitle", e."name" AS "entryName",
      e."kind"::text AS "entryKind", s."label", s."status"::text AS "status", s."receivedAt",
      (s."disqualifiedAt" IS NOT NULL OR e."disqualifiedAt" IS NOT NULL) AS "disqualified", s."finalPick", s."format",
      s."parameters", s."uploadBytes", run."engine", run."reasonCode",
      (extract(epoch FROM run."finishedAt" - run."startedAt") * 1000)::float8 AS "durationMs",
      public."correct" AS "publicCorrect", public."total" AS "publicTotal",
      private."correct" AS "privateCorrect", private."total" AS "privateTotal"
    ${tables} ${scores} WHERE ${matches(query)}
    ORDER BY ${order(query)} LIMIT ${query.limit} OFFSET ${query.offset}`
}

export async function countTableRows(db: Db, filter: TableFilter): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" ${tables} WHERE ${matches(filter)}`
  return row?.count ?? 0
}

function order({ sort, order: direction }: TableQuery): Prisma.Sql {
  const way = direction === 'asc' ? Prisma.sql`ASC` : Prisma.sql`DESC`
  const nulls = mayBeMissing.includes(sort) ? Prisma.sql`NULLS LAST` : Prisma.empty
  return Prisma.sql`${columns[sort]} ${way} ${nulls}, s."id" ${way}`
}

function matches(filter: TableFilter): Prisma.Sql {
  const { round, status, q, engine, kind, disqualified, from, to } = filter
  const isOut = Prisma.sql`(s."disqualifiedAt" IS NOT NULL OR e."disqualifiedAt" IS NOT NULL)`
  const conditions = [Prisma.sql`TRUE`]
  if (round !== undefined) conditions.push(Prisma.sql`o."slug" = ${round}`)
  if (status !== undefined) conditions.push(Prisma.sql`s."status" = ${status}::"SubmissionStatus"`)
  if (q !== undefined && q !== '') {
    const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`
    conditions.push(Prisma.sql`(e."name" ILIKE ${pattern} OR s."label" ILIKE ${pattern})`)
  }
  if (engine !== undefined) conditions.push(Prisma.sql`run."engine" = ${engine}`)
  if (kind !== undefined) conditions.push(Prisma.sql`e."kind" = ${kind}::"EntryKind"`)
  if (disqualified === 'yes') conditions.push(isOut)
  if (disqualified === 'no') conditions.push(Prisma.sql`NOT ${isOut}`)
  if (from !== undefined) conditions.push(Prisma.sql`s."receivedAt" >= ${new Date(from)}`)
  if (to !== undefined) conditions.push(Prisma.sql`s."receivedAt" < ${new Date(to)}`)
  return Prisma.join(conditions, ' AND ')
}
