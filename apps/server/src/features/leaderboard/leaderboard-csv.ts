import type { Leaderboard } from '@taikai/shared/wire/leaderboard'
import { stringify } from 'csv-stringify/sync'

/** For spreadsheets: a byte order mark, because Excel takes UTF-8 for the local code page without one, and no cell that is a formula. */
export function leaderboardCsv({ rows }: Leaderboard): string {
  const table = rows.map((row) => ({
    rank: row.rank,
    name: row.name,
    kind: row.kind,
    members: row.memberCount,
    correct: row.correct,
    total: row.total,
    accuracy: row.correct / row.total,
    accuracy_low: row.interval[0],
    accuracy_high: row.interval[1],
    top5_wrong: row.top5Wrong,
    parameters: row.parameters,
    submissions: row.submissionCount,
    received_at: row.receivedAt,
  }))
  const columns = [
    'rank',
    'name',
    'kind',
    'members',
    'correct',
    'total',
    'accuracy',
    'accuracy_low',
    'accuracy_high',
    'top5_wrong',
    'parameters',
    'submissions',
    'received_at',
  ]
  return stringify(table, {
    header: true,
    columns,
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}
