import type { RosterFate } from '@taikai/shared/wire/roster'
import type { FileLine, LineProblem } from './roster-file.ts'
import type { RosterTeams } from './roster-teams.ts'

/** What a roster meets of a person who is there already. */
export type KnownPerson = {
  id: string
  name: string
  email: string
  studentNumber: string | null
  role: 'STUDENT' | 'INSTRUCTOR'
  deactivatedAt: Date | null
}

/** What is to be done for a line. `changes` are those of a person who is there. */
export type PlannedLine = FileLine & {
  fate: RosterFate
  person: KnownPerson | null
  changes: { name?: string; studentNumber?: string }
  /** The team that they are put into; null: none, or the one that they are in. */
  seat: string | null
}

/**
 * Says what becomes of each line: the same for the dry run and for the import. A line with a problem is left out whole, and does not
 * keep a later one from having its address or number. Nothing here is a role or a password: a roster changes neither.
 * `teams`: of the round that everybody is to take part in, or null.
 */
export function planRoster(
  lines: readonly FileLine[],
  known: readonly KnownPerson[],
  teams: RosterTeams | null,
): PlannedLine[] {
  const byEmail = new Map(known.map((person) => [person.email, person]))
  const emailByNumber = new Map(
    known.flatMap(({ studentNumber, email }) => (studentNumber === null ? [] : [[studentNumber, email]])),
  )
  const lineByEmail = new Map<string, number>()
  const lineByNumber = new Map<string, number>()

  function problemOf(line: FileLine, person: KnownPerson | null): LineProblem | null {
    if (line.problem !== null) return line.problem
    const sameEmail = lineByEmail.get(line.email)
    if (sameEmail !== undefined)
      return { code: 'ROSTER_LINE_EMAIL_REPEATED', params: { otherLine: sameEmail } }
    if (line.studentNumber !== '') {
      const sameNumber = lineByNumber.get(line.studentNumber)
      if (sameNumber !== undefined) {
        return { code: 'ROSTER_LINE_NUMBER_REPEATED', params: { otherLine: sameNumber } }
      }
      const owner = emailByNumber.get(line.studentNumber)
      if (owner !== undefined && owner !== line.email) return { code: 'ROSTER_LINE_NUMBER_TAKEN', params: {} }
    }
    if (person === null) return line.name === '' ? { code: 'ROSTER_LINE_NAME', params: {} } : null
    if (person.deactivatedAt !== null) return { code: 'ROSTER_LINE_DEACTIVATED', params: {} }
    if (teams !== null && person.role !== 'STUDENT') return { code: 'ROSTER_LINE_INSTRUCTOR', params: {} }
    return null
  }

  return lines.map((line) => {
    const person = byEmail.get(line.email) ?? null
    const failed = (problem: LineProblem): PlannedLine => ({
      ...line,
      ...{ fate: 'error', person, changes: {}, seat: null, problem },
    })
    const problem = problemOf(line, person)
    if (problem !== null) return failed(problem)
    const key = { key: person?.id ?? line.email, name: line.name === '' ? (person?.name ?? '') : line.name }
    const seat = teams?.seat(key, line.team) ?? { team: null }
    if ('problem' in seat) return failed(seat.problem)
    lineByEmail.set(line.email, line.line)
    if (line.studentNumber !== '') lineByNumber.set(line.studentNumber, line.line)
    const changes = person === null ? {} : changesTo(person, line)
    const isChanged = Object.keys(changes).length > 0
    const fate = person === null ? 'invited' : isChanged ? 'updated' : 'unchanged'
    return { ...line, fate, person, changes, seat: seat.team }
  })
}

/** An empty field says nothing; it takes nothing away. */
function changesTo(person: KnownPerson, { name, studentNumber }: FileLine): PlannedLine['changes'] {
  return {
    ...(name !== '' && name !== person.name && { name }),
    ...(studentNumber !== '' && studentNumber !== person.studentNumber && { studentNumber }),
  }
}
