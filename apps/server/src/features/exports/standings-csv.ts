import type { RankingMetric } from '@taikai/shared/ranking-metric'
import { type CsvCell, csvText } from '../../http/csv.ts'
import { type FinalStandings, type Standing, valueIn } from './final-standings.ts'

const separator = '; '

/** Every column's head, and its cell. Scores are the round's metric, in percent for accuracy and top-5 error. */
const columns: Record<string, (standing: Standing, metric: RankingMetric) => CsvCell> = {
  rank: ({ final }) => final?.rank ?? null,
  public_rank: ({ shown }) => shown?.rank ?? null,
  // How many places it rose from the public ranking to the final one.
  rank_change: ({ final, shown }) => difference(shown?.rank ?? null, final?.rank ?? null),
  team: ({ entry }) => entry.name,
  kind: ({ entry }) => entry.kind,
  members: ({ entry }) => entry.members.map(({ user }) => user.name).join(separator),
  student_numbers: ({ entry }) => entry.members.map(({ user }) => user.studentNumber ?? '').join(separator),
  emails: ({ entry }) => entry.members.map(({ user }) => user.email).join(separator),
  picks: ({ entry }) => entry.submissions.map(({ id, label }) => `${label} (${id})`.trim()).join(separator),
  metric: (_, metric) => metric,
  public_score: ({ shown }, metric) => valueIn(metric, shown),
  private_score: ({ final }, metric) => valueIn(metric, final),
  public_correct: ({ shown }) => shown?.correct ?? null,
  public_total: ({ shown }) => shown?.total ?? null,
  private_correct: ({ final }) => final?.correct ?? null,
  private_total: ({ final }) => final?.total ?? null,
  submissions: ({ entry }) => entry._count.submissions,
  disqualified: ({ entry }) => entry.disqualifiedReason,
}

/** The final ranking with who is who in it, for spreadsheets. */
export function standingsCsv({ metric, standings }: FinalStandings, options: { bom: boolean }): string {
  const cells = Object.values(columns)
  const rows = standings.map((standing) => cells.map((cell) => cell(standing, metric)))
  return csvText(Object.keys(columns), rows, options)
}

function difference(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : from - to
}
