import type { Prisma } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'
import { newJoinCode } from '../rounds/join-code.ts'
import type { Manifest } from './archive-manifest.ts'
import type { ArchivedRun, ArchivedSubmission } from './archived-submission.ts'
import type { IdMap } from './id-map.ts'
import type { ImportedPeople } from './import-people.ts'

/** What stands here for what the zip names. */
export type Translation = {
  slug: string
  idOf: IdMap
  datasetOf(id: string): string
  people: ImportedPeople
}

const fileKey = (submissionId: string, position: number) => `submissions/${submissionId}/${position}`
const outputsKey = (runId: string, attempt: number) => `outputs/${runId}/${attempt}`

/** Inserts a round with all that the manifest holds. Its join code is a new one, and links of invitation are not good any more. */
export async function insertRound(tx: Db, manifest: Manifest, translation: Translation): Promise<void> {
  const { slug, idOf, datasetOf, people } = translation
  const { id, rules, datasetId, slug: _, ...settings } = manifest.round
  const roundId = idOf(id)
  await tx.round.create({
    data: {
      ...settings,
      ...rules,
      id: roundId,
      slug,
      datasetId: datasetOf(datasetId),
      joinCode: newJoinCode(),
    },
  })
  await tx.enginePin.createMany({ data: manifest.enginePins.map((pin) => ({ ...pin, roundId })) })
  await tx.entry.createMany({
    data: manifest.entries.map(({ members: __, ...entry }) => ({ ...entry, id: idOf(entry.id), roundId })),
  })
  await tx.entryMember.createMany({
    data: manifest.entries.flatMap((entry) =>
      inOrder(entry.members).flatMap(({ personId, joinedAt }) => {
        const userId = people.accountOf(personId)
        return userId === null ? [] : [{ roundId, entryId: idOf(entry.id), userId, joinedAt }]
      }),
    ),
  })
  await tx.announcement.createMany({
    data: manifest.announcements.map((announcement) => ({ ...announcement, roundId })),
  })
  await tx.standings.createMany({
    data: manifest.standings.map(({ version, publishedAt, leaderboard }) => {
      const rows = leaderboard.rows.map((row) => ({ ...row, entryId: idOf(row.entryId) }))
      return { roundId, version, publishedAt, leaderboard: { ...leaderboard, roundSlug: slug, rows } }
    }),
  })
}

/** Inserts the rescores of a round; the submissions that they name are there. */
export async function insertRescores(
  tx: Db,
  { round, rescores }: Manifest,
  { idOf, datasetOf, people }: Translation,
): Promise<void> {
  await tx.rescore.createMany({
    data: rescores.map((rescore) => ({
      ...rescore,
      id: idOf(rescore.id),
      roundId: idOf(round.id),
      submissionId: rescore.submissionId === null ? null : idOf(rescore.submissionId),
      datasetId: datasetOf(rescore.datasetId),
      createdById: people.accountOf(rescore.createdById),
    })),
  })
}

/** Inserts a submission with its files, which lie under `fileKey`. What was on the way is queued anew. */
export async function insertSubmission(
  tx: Db,
  { round }: Manifest,
  submission: ArchivedSubmission,
  { idOf, people }: Translation,
): Promise<{ position: number; blobKey: string; sha256: string }[]> {
  const { files, runs: _, ...columns } = submission
  const id = idOf(submission.id)
  const stored = files.map((file) => ({ ...file, blobKey: fileKey(id, file.position) }))
  await tx.submission.create({
    data: {
      ...columns,
      id,
      roundId: idOf(round.id),
      entryId: idOf(submission.entryId),
      submittedById: people.accountOf(submission.submittedById),
      status: submission.status === 'RUNNING' ? 'QUEUED' : submission.status,
      files: { create: stored },
    },
  })
  return stored
}

/** Inserts the runs of a submission with their scores, and says where their outputs are to lie. */
export async function insertRuns(
  tx: Db,
  { id, runs }: ArchivedSubmission,
  { idOf, datasetOf }: Translation,
): Promise<{ runId: string; blobKey: string }[]> {
  const rows = runs.map((run) => {
    const { hasOutputs, scores: _, reasonParams, ...columns } = run
    const runId = idOf(run.id)
    return {
      ...columns,
      ...(reasonParams !== null && { reasonParams }),
      ...(isUnfinished(run) && unfinished),
      id: runId,
      submissionId: idOf(id),
      datasetId: datasetOf(run.datasetId),
      rescoreId: run.rescoreId === null ? null : idOf(run.rescoreId),
      outputsBlob: hasOutputs ? outputsKey(runId, run.attempt) : null,
    } satisfies Prisma.ScoringRunCreateManyInput
  })
  await tx.scoringRun.createMany({ data: rows })
  await tx.score.createMany({
    data: runs.flatMap((run) => run.scores.map((score) => ({ ...score, runId: idOf(run.id) }))),
  })
  return runs.flatMap((run, at) => {
    const blobKey = rows[at]?.outputsBlob ?? null
    return blobKey === null ? [] : [{ runId: run.id, blobKey }]
  })
}

/** Of members who joined at once, ids decided who comes first, and here those are others: a millisecond decides. */
function inOrder<Member extends { joinedAt: Date }>(members: readonly Member[]): Member[] {
  let last = Number.NEGATIVE_INFINITY
  return members.map((member) => {
    last = Math.max(last + 1, member.joinedAt.getTime())
    return { ...member, joinedAt: new Date(last) }
  })
}

const unfinished = { status: 'QUEUED', attempt: 0, startedAt: null, imagesDone: 0 } as const

function isUnfinished({ status }: ArchivedRun): boolean {
  return status === 'QUEUED' || status === 'RUNNING'
}
