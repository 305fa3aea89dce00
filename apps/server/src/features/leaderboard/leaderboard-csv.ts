import type { Leaderboard, LeaderboardRow } from '@taikai/shared/wire/leaderboard'
import { type CsvCell, csvText } from '../../http/csv.ts'

/** Every column's head, and its cell in a row. Shares are 0..1; the interval is of the metric that ranks. */
const columns: Record<string, (row: LeaderboardRow) => CsvCell> = {
  rank: (row) => row.rank,
  name: (row) => row.name,
  kind: (row) => row.kind,
  members: (row) => row.memberCount,
  correct: (row) => row.correct,
  total: (row) => row.total,
  accuracy: (row) => row.correct / row.total,
  top5_wrong: (row) => row.top5Wrong,
  cross_entropy: (row) => row.crossEntropy,
  squared_error: (row) => row.squaredError,
  macro_f1: (row) => row.macroF1,
  interval_low: (row) => row.interval?.[0] ?? null,
  interval_high: (row) => row.interval?.[1] ?? null,
  tie_group: (row) => row.tieGroup,
  public_rank: (row) => row.publicRank,
  parameters: (row) => row.parameters,
  macs: (row) => row.macs,
  submissions: (row) => row.submissionCount,
  received_at: (row) => row.receivedAt,
}

/** A ranking for spreadsheets. */
export function leaderboardCsv({ rows }: Leaderboard): string {
  const cells = Object.values(columns)
  return csvText(
    Object.keys(columns),
    rows.map((row) => cells.map((cell) => cell(row))),
    { bom: true },
  )
}
