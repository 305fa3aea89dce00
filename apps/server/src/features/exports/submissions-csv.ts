import { type CsvCell, csvText } from '../../http/csv.ts'
import type { ExportedSubmission } from './exports.repository.ts'

type Run = ExportedSubmission['runs'][number]
type Column<Row> = readonly [head: string, cell: (row: Row) => CsvCell]

const iso = (date: Date | null | undefined) => date?.toISOString() ?? null

const submissionColumns: readonly Column<ExportedSubmission>[] = [
  ['submission', ({ id }) => id],
  ['team', ({ entry }) => entry.name],
  ['kind', ({ entry }) => entry.kind],
  ['submitted_by', ({ submittedBy }) => submittedBy?.name ?? null],
  ['email', ({ submittedBy }) => submittedBy?.email ?? null],
  ['label', ({ label }) => label],
  ['note', ({ note }) => note],
  ['received_at', ({ receivedAt }) => iso(receivedAt)],
  ['status', ({ status }) => status],
  ['final_pick', ({ finalPick }) => Number(finalPick)],
  ['quota_returned', ({ quotaReturned }) => Number(quotaReturned)],
  ['disqualified', ({ disqualifiedReason }) => disqualifiedReason],
  ['team_disqualified', ({ entry }) => Number(entry.disqualifiedAt !== null)],
  ['format', ({ format }) => format],
  ['preprocessing', ({ preprocessing }) => JSON.stringify(preprocessing)],
  ['parameters', ({ parameters }) => parameters],
  ['macs', ({ macs }) => (macs === null ? null : Number(macs))],
  ['upload_bytes', ({ uploadBytes }) => uploadBytes],
  ['model_sha256', ({ modelSha256 }) => modelSha256],
]

const runColumns: readonly Column<Run>[] = [
  ['run', ({ id }) => id],
  ['attempts', ({ attempt }) => attempt],
  ['reason', ({ reasonCode }) => reasonCode],
  ['started_at', ({ startedAt }) => iso(startedAt)],
  ['finished_at', ({ finishedAt }) => iso(finishedAt)],
  ['seconds', ({ startedAt, finishedAt }) => seconds(startedAt, finishedAt)],
  ['images_per_second', ({ imagesPerSecond }) => imagesPerSecond],
  ['engine', ({ engine }) => engine],
  ['engine_version', ({ engineVersion }) => engineVersion],
  ['engine_note', ({ engineNote }) => engineNote],
  ['scorer_version', ({ scorerVersion }) => scorerVersion],
  ['dataset', ({ dataset }) => dataset.name],
  ['dataset_version', ({ dataset }) => dataset.version],
  ['split', ({ splitId }) => splitId],
]

const scoreColumns: readonly Column<Run['scores'][number]>[] = [
  ['correct', ({ correct }) => correct],
  ['total', ({ total }) => total],
  ['accuracy', ({ correct, total }) => correct / total],
  ['top5_error', ({ top5Correct, total }) => (total - top5Correct) / total],
  ['cross_entropy', ({ crossEntropy }) => crossEntropy],
  ['squared_error', ({ squaredError }) => squaredError],
  ['macro_f1', ({ macroF1 }) => macroF1],
  ['calibration_error', ({ calibrationError }) => calibrationError],
]
const splits = ['PUBLIC', 'PRIVATE'] as const

/** Every submission with what is known of it: model, live run, and all metrics on both splits. Shares are 0..1. */
export function submissionsCsv(
  submissions: readonly ExportedSubmission[],
  options: { bom: boolean },
): string {
  const header = [
    ...heads(submissionColumns),
    ...heads(runColumns),
    ...splits.flatMap((split) => heads(scoreColumns).map((head) => `${split.toLowerCase()}_${head}`)),
  ]
  const rows = submissions.map((submission) => {
    const [run] = submission.runs
    return [
      ...cells(submissionColumns, submission),
      ...cells(runColumns, run),
      ...splits.flatMap((split) =>
        cells(
          scoreColumns,
          run?.scores.find((score) => score.split === split),
        ),
      ),
    ]
  })
  return csvText(header, rows, options)
}

function heads<Row>(columns: readonly Column<Row>[]): string[] {
  return columns.map(([head]) => head)
}

function cells<Row>(columns: readonly Column<Row>[], row: Row | undefined): CsvCell[] {
  return columns.map(([, cell]) => (row === undefined ? null : cell(row)))
}

function seconds(startedAt: Date | null, finishedAt: Date | null): number | null {
  return startedAt === null || finishedAt === null
    ? null
    : (finishedAt.getTime() - startedAt.getTime()) / 1000
}
