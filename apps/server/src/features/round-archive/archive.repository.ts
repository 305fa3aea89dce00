import type { Prisma } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

const wholeRound = {
  dataset: true,
  entries: {
    include: { members: { orderBy: [{ joinedAt: 'asc' }, { userId: 'asc' }] } },
    orderBy: { id: 'asc' },
  },
  enginePins: true,
  rescores: { orderBy: { createdAt: 'asc' } },
  standings: { orderBy: { version: 'asc' } },
  announcements: { orderBy: { createdAt: 'asc' } },
  submissions: { select: { id: true, submittedById: true }, orderBy: { id: 'asc' } },
} satisfies Prisma.RoundInclude

export type WholeRound = Prisma.RoundGetPayload<{ include: typeof wholeRound }>

/** A round with all that belongs to it but the rows of its submissions. */
export function findWholeRound(db: Db, slug: string): Promise<WholeRound | null> {
  return db.round.findUnique({ where: { slug }, include: wholeRound })
}

const wholeSubmission = {
  files: { orderBy: { position: 'asc' } },
  runs: { include: { scores: { orderBy: { split: 'asc' } } }, orderBy: { createdAt: 'asc' } },
} satisfies Prisma.SubmissionInclude

export type WholeSubmission = Prisma.SubmissionGetPayload<{ include: typeof wholeSubmission }>

export function findWholeSubmission(db: Db, id: string): Promise<WholeSubmission> {
  return db.submission.findUniqueOrThrow({ where: { id }, include: wholeSubmission })
}

/** Datasets that runs and rescores of a round were made on, beside its own. */
export function findFurtherDatasets(db: Db, round: { id: string; datasetId: string }) {
  return db.dataset.findMany({
    where: {
      id: { not: round.datasetId },
      OR: [
        { runs: { some: { submission: { roundId: round.id } } } },
        { rescores: { some: { roundId: round.id } } },
      ],
    },
  })
}

/** Files and outputs of a round's submissions, as keys of the blob store. */
export async function findSubmissionBlobs(db: Db, roundId: string) {
  return {
    files: await db.submissionFile.findMany({
      where: { submission: { roundId } },
      select: { submissionId: true, position: true, blobKey: true },
    }),
    outputs: await db.scoringRun.findMany({
      where: { submission: { roundId }, outputsBlob: { not: null } },
      select: { id: true, outputsBlob: true },
    }),
  }
}

export function findPeople(db: Db, ids: string[]) {
  return db.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true, email: true } })
}

/** Accounts by e-mail address, in lower case. */
export function findPeopleByEmail(db: Db, emails: string[]) {
  return db.user.findMany({ where: { email: { in: emails } }, select: { id: true, email: true } })
}

/** The dataset with this very content, whatever it is called. */
export function findEqualDataset(
  db: Db,
  content: Pick<
    Prisma.DatasetUncheckedCreateInput,
    'hiddenImagesBlob' | 'hiddenLabelsBlob' | 'imageHeight' | 'imageWidth' | 'imageChannels'
  > & { trainImagesBlob: string | null; trainLabelsBlob: string | null; classNames: string[] },
): Promise<{ id: string } | null> {
  const { classNames, ...rest } = content
  return db.dataset.findFirst({
    where: { ...rest, classNames: { equals: classNames } },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
  })
}

/** Whether a round of that id or address is here. */
export async function isRoundHere(db: Db, where: { id: string } | { slug: string }): Promise<boolean> {
  return (await db.round.findUnique({ where, select: { id: true } })) !== null
}
