import { gradePoints } from '@taikai/shared/grading'
import type { Grade, GradeList, GradeRule } from '@taikai/shared/wire/grades'
import { csvText } from '../../http/csv.ts'
import { type FinalStandings, valueIn } from './final-standings.ts'

/** The points of every member of every team by a rule: in the order of the ranking, those without a place last. */
export function gradesOf({ metric, published, standings }: FinalStandings, rule: GradeRule): GradeList {
  const teams = standings.filter(({ entry }) => entry.kind === 'TEAM')
  const grades = teams.flatMap(({ entry, final }): Grade[] => {
    const value = valueIn(metric, final)
    const rank = final?.rank ?? null
    const points = gradePoints(rule, metric, value === null ? null : { rank, value })
    return entry.members.map(({ user }) => ({
      entryName: entry.name,
      studentNumber: user.studentNumber,
      name: user.name,
      email: user.email,
      rank,
      value,
      points,
    }))
  })
  return { metric, published, grades }
}

/** A line for each student, for the lists of the university. */
export function gradesCsv({ grades }: GradeList, options: { bom: boolean }): string {
  return csvText(
    ['student_number', 'name', 'email', 'team', 'rank', 'score', 'points'],
    grades.map(({ studentNumber, name, email, entryName, rank, value, points }) => [
      studentNumber,
      name,
      email,
      entryName,
      rank,
      value,
      points,
    ]),
    options,
  )
}
