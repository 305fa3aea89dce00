import type { Prisma } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

const resultDetails = {
  entry: { select: { members: { select: { userId: true } } } },
  round: { select: { slug: true } },
  runs: {
    where: { live: true, status: 'SCORED' },
    include: { dataset: { select: { name: true, version: true } }, scores: { where: { split: 'PUBLIC' } } },
  },
} as const satisfies Prisma.SubmissionInclude
export type ResultRow = Prisma.SubmissionGetPayload<{ include: typeof resultDetails }>

/** A submission with its live result on the public split, if it has one. */
export async function findResult(db: Db, id: string): Promise<ResultRow | null> {
  return db.submission.findUnique({ where: { id }, include: resultDetails })
}
