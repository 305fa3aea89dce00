import { z } from 'zod'
import type { WholeSubmission } from './archive.repository.ts'
import { type ArchivedSubmissionText, archivedSubmissionSchema } from './archived-submission.ts'

type Run = WholeSubmission['runs'][number]
type RunText = ArchivedSubmissionText['runs'][number]

const { preprocessing, inspection, format, runs } = archivedSubmissionSchema.shape
const { engineNote, reasonParams, scores } = runs.element.shape
const { calibrationBins } = scores.element.shape
const parsed = z.object({ preprocessing, inspection, format })

/** A submission as it is written into a round's zip. Which worker it was that scored it stays here. */
export function submissionText(submission: WholeSubmission): ArchivedSubmissionText {
  return {
    id: submission.id,
    entryId: submission.entryId,
    submittedById: submission.submittedById,
    label: submission.label,
    note: submission.note,
    ...parsed.parse(submission),
    status: submission.status,
    receivedAt: submission.receivedAt.toISOString(),
    quotaReturned: submission.quotaReturned,
    finalPick: submission.finalPick,
    disqualifiedAt: submission.disqualifiedAt?.toISOString() ?? null,
    disqualifiedReason: submission.disqualifiedReason,
    modelSha256: submission.modelSha256,
    uploadBytes: submission.uploadBytes,
    parameters: submission.parameters,
    macs: submission.macs === null ? null : Number(submission.macs),
    createdAt: submission.createdAt.toISOString(),
    files: submission.files.map(({ position, name, bytes, sha256 }) => ({ position, name, bytes, sha256 })),
    runs: submission.runs.map(runText),
  }
}

function runText(run: Run): RunText {
  return {
    id: run.id,
    datasetId: run.datasetId,
    status: run.status,
    live: run.live,
    rescoreId: run.rescoreId,
    madeLiveAt: run.madeLiveAt?.toISOString() ?? null,
    replacedAt: run.replacedAt?.toISOString() ?? null,
    attempt: run.attempt,
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    imagesDone: run.imagesDone,
    imagesTotal: run.imagesTotal,
    engine: run.engine,
    engineVersion: run.engineVersion,
    engineNote: engineNote.parse(run.engineNote),
    scorerVersion: run.scorerVersion,
    splitId: run.splitId,
    imagesPerSecond: run.imagesPerSecond,
    reasonCode: run.reasonCode,
    reasonParams: reasonParams.parse(run.reasonParams),
    createdAt: run.createdAt.toISOString(),
    hasOutputs: run.outputsBlob !== null,
    scores: run.scores.map(({ runId: _, correctBits, top5Bits, ...score }) => ({
      ...score,
      calibrationBins: calibrationBins.parse(score.calibrationBins),
      correctBits: Buffer.from(correctBits).toString('base64'),
      top5Bits: Buffer.from(top5Bits).toString('base64'),
    })),
  }
}
