import { inspectionSchema } from '@taikai/shared/model/inspection'
import { preprocessingSchema } from '@taikai/shared/preprocessing'
import { publicScoreSchema, type Submission } from '@taikai/shared/wire/submission'
import { engineNoteSchema, parseReason } from './run-outcome.ts'
import type { SubmissionRow } from './submissions.repository.ts'
import type { Wait } from './waits.service.ts'

/**
 * A submission as its owners and instructors see it. What was noted of a run's engine can follow from hidden images, and is shown
 * where `withEngineNote` says so.
 */
export function presentSubmission(row: SubmissionRow, wait: Wait, withEngineNote: boolean): Submission {
  const [run] = row.runs
  if (run === undefined) throw new Error(`submission ${row.id} has no live run`)
  const [score] = run.scores
  // The same as the submission's own, and read with the attempt: between two reads a worker may have claimed the run.
  const { status } = run
  return {
    id: row.id,
    roundSlug: row.round.slug,
    roundTitle: row.round.title,
    entryId: row.entryId,
    entryName: row.entry.name,
    entryKind: row.entry.kind,
    submittedBy: row.submittedBy?.name ?? null,
    label: row.label,
    note: row.note,
    preprocessing: preprocessingSchema.parse(row.preprocessing),
    status,
    receivedAt: row.receivedAt.toISOString(),
    finalPick: row.finalPick,
    disqualified: presentDisqualification(row),
    entryDisqualified: presentDisqualification(row.entry),
    files: row.files,
    modelSha256: row.modelSha256,
    inspection: inspectionSchema.parse(row.inspection),
    ...wait,
    run: {
      attempt: run.attempt,
      startedAt: run.startedAt?.toISOString() ?? null,
      finishedAt: run.finishedAt?.toISOString() ?? null,
      imagesDone: run.imagesDone,
      imagesTotal: run.imagesTotal,
      engine: run.engine,
      engineVersion: run.engineVersion,
      engineNote: withEngineNote ? engineNoteSchema.parse(run.engineNote) : null,
      scorerVersion: run.scorerVersion,
      splitId: run.splitId,
      imagesPerSecond: run.imagesPerSecond,
      dataset: run.dataset,
      madeLiveAt: run.madeLiveAt?.toISOString() ?? null,
    },
    reason: presentReason(status, run.reasonCode, run.reasonParams),
    score: score === undefined ? null : publicScoreSchema.parse(score),
  }
}

/** Of a submission or an entry. */
export function presentDisqualification(row: {
  disqualifiedAt: Date | null
  disqualifiedReason: string | null
}): Submission['disqualified'] {
  if (row.disqualifiedAt === null) return null
  return { at: row.disqualifiedAt.toISOString(), reason: row.disqualifiedReason ?? '' }
}

function presentReason(
  status: Submission['status'],
  code: string | null,
  params: unknown,
): Submission['reason'] {
  // A run that is tried again keeps the reason of its last failure; it is not the submission's.
  if (status !== 'REJECTED' && status !== 'FAILED') return null
  const reason = parseReason(code, params)
  if (status === 'REJECTED') return reason
  // What went wrong in our own house is for the log, not for the student's page.
  const { detail: _, ...shown } = reason.params
  return { code: reason.code, params: shown }
}
