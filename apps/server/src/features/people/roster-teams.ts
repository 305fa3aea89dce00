import { freeName } from '../entries/entries.service.ts'
import type { LineProblem } from './roster-file.ts'

/** A team while a roster is planned. `id` is null for one that the roster makes; members are ids of users, or addresses of new ones. */
export type PlannedTeam = {
  id: string | null
  name: string
  isBaseline: boolean
  hasSubmissions: boolean
  members: Set<string>
}

/** Where a person is put: `team` is null where they stay. */
type Seat = { team: string | null } | { problem: LineProblem }

/** The teams of one round as a roster fills them, line by line, within the round's team size. */
export class RosterTeams {
  readonly #teamSize: number
  readonly #teams: Map<string, PlannedTeam>

  constructor(teamSize: number, teams: readonly PlannedTeam[]) {
    this.#teamSize = teamSize
    this.#teams = new Map(teams.map((team) => [team.name, { ...team, members: new Set(team.members) }]))
  }

  /**
   * Puts a person into the team of that name, which is made where there is none; with an empty name into one of their own, unless
   * they are in one. Who has submitted stays where they are: their submissions would not come with them.
   */
  seat(person: { key: string; name: string }, wanted: string): Seat {
    const present = this.#teamOf(person.key)
    if (wanted === '' ? present !== null : present?.name === wanted) return { team: null }
    if (present?.hasSubmissions) {
      return { problem: { code: 'ROSTER_LINE_SUBMITTED', params: { team: present.name } } }
    }
    const name = wanted === '' ? freeName(person.name, new Set(this.#teams.keys())) : wanted
    const team = this.#teams.get(name) ?? newTeam(name)
    if (team.isBaseline) return { problem: { code: 'ROSTER_LINE_BASELINE', params: { team: name } } }
    if (team.members.size >= this.#teamSize) {
      return { problem: { code: 'TEAM_FULL', params: { limit: this.#teamSize } } }
    }
    present?.members.delete(person.key)
    team.members.add(person.key)
    this.#teams.set(name, team)
    return { team: name }
  }

  #teamOf(key: string): PlannedTeam | null {
    for (const team of this.#teams.values()) if (team.members.has(key)) return team
    return null
  }
}

function newTeam(name: string): PlannedTeam {
  return { id: null, name, isBaseline: false, hasSubmissions: false, members: new Set() }
}
