import { randomUUID } from 'node:crypto'
import { TaikaiError } from '@taikai/shared/errors'
import type { PrismaClient, Round } from '../../generated/prisma/client.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import { lockRoundEntries } from '../entries/entries.repository.ts'
import { announceTeams } from '../entries/entries.service.ts'
import type { RenewStandings } from '../leaderboard/publish.service.ts'
import { findRoundBySlug } from '../rounds/rounds.repository.ts'
import {
  deleteEmptyTeams,
  findKnownPeople,
  insertInvited,
  insertMembers,
  insertTeams,
  listTeams,
  lockAllEntries,
  lockPeople,
  removeMembers,
  updateNames,
} from './roster.repository.ts'
import { type RosterFile, readRosterFile } from './roster-file.ts'
import { type PlannedLine, planRoster } from './roster-plan.ts'
import { type PlannedTeam, RosterTeams } from './roster-teams.ts'

type Deps = { prisma: PrismaClient; renewStandings: RenewStandings }
/** Who was put into which entry. */
type Seated = { entryId: string; userId: string }
type Plan = { lines: PlannedLine[]; round: Round | null; teams: PlannedTeam[] }

/** 2,000 people on a slow disk. */
const importTimeoutMs = 60_000

/**
 * Imports a roster: all its good lines in one transaction, none of its faulty ones. With `dryRun` nothing is changed, and the answer
 * is what would become of each line. With a round, everybody takes part in it, in the team of their line or in one of their own.
 * Throws what `readRosterFile` throws, and NOT_FOUND (the round).
 */
export async function importRoster(
  { prisma, renewStandings }: Deps,
  actor: Actor,
  input: { bytes: Uint8Array; dryRun: boolean; roundSlug: string | null },
): Promise<{ encoding: RosterFile['encoding']; lines: PlannedLine[] }> {
  const { encoding, lines } = readRosterFile(input.bytes)
  if (input.dryRun) {
    return { encoding, lines: (await makePlan(prisma, lines, input.roundSlug)).lines }
  }
  const plan = await prisma.$transaction(
    async (tx) => {
      await lockPeople(tx)
      const planned = await makePlan(tx, lines, input.roundSlug, true)
      await carryOut(tx, actor, planned, renewStandings)
      return planned
    },
    { timeout: importTimeoutMs, maxWait: importTimeoutMs },
  )
  return { encoding, lines: plan.lines }
}

async function makePlan(
  db: Db,
  lines: RosterFile['lines'],
  roundSlug: string | null,
  withLocks = false,
): Promise<Plan> {
  const round = roundSlug === null ? null : await findRoundBySlug(db, roundSlug)
  if (roundSlug !== null && round === null) throw new TaikaiError('NOT_FOUND')
  if (round !== null && withLocks) {
    await lockRoundEntries(db, round.id)
    await lockAllEntries(db, round.id)
  }
  const teams = round === null ? [] : await listTeams(db, round.id)
  const known = await findKnownPeople(
    db,
    lines.map(({ email }) => email),
    lines.map(({ studentNumber }) => studentNumber),
  )
  const planned = planRoster(lines, known, round && new RosterTeams(round.teamSize, teams))
  return { lines: planned, round, teams }
}

async function carryOut(
  tx: Db,
  actor: Actor,
  { lines, round, teams }: Plan,
  renewStandings: RenewStandings,
): Promise<void> {
  const invited = lines
    .filter(({ fate }) => fate === 'invited')
    .map((line) => ({ ...line, id: randomUUID() }))
  const updated = lines.flatMap(({ fate, person, changes }) =>
    fate === 'updated' && person !== null ? [{ id: person.id, changes }] : [],
  )
  await insertInvited(
    tx,
    invited.map(({ id, name, email, studentNumber }) => ({
      ...{ id, name, email },
      studentNumber: studentNumber === '' ? null : studentNumber,
    })),
  )
  for (const { id, changes } of updated) await updateNames(tx, id, changes)
  const newIds = new Map(invited.map(({ email, id }) => [email, id]))
  const seats = lines.flatMap(({ seat, person, email }) => {
    const userId = person?.id ?? newIds.get(email)
    return seat === null || userId === undefined ? [] : [{ team: seat, userId }]
  })
  if (invited.length + updated.length + seats.length === 0) return
  let seated: Seated[] = []
  if (round !== null && seats.length > 0) {
    seated = await seatPeople(tx, round, teams, seats)
    await announceTeams(tx, round.slug)
    await renewStandings(tx, round.slug)
  }
  await recordAudit(tx, {
    actor,
    action: 'roster.import',
    subjectType: 'roster',
    subjectId: round?.slug ?? 'people',
    // Ids only: names that stand here could not be taken back when a person is deleted.
    after: {
      invited: invited.map(({ id }) => id),
      updated: updated.map(({ id, changes }) => ({ id, fields: Object.keys(changes) })),
      seated,
    },
  })
  await notify(tx, { topic: 'people' })
}

async function seatPeople(
  tx: Db,
  round: Round,
  teams: readonly PlannedTeam[],
  seats: readonly { team: string; userId: string }[],
): Promise<Seated[]> {
  await removeMembers(
    tx,
    round.id,
    seats.map(({ userId }) => userId),
  )
  const present = new Map(teams.flatMap(({ name, id }) => (id === null ? [] : [[name, id]])))
  const missing = [...new Set(seats.map(({ team }) => team))].filter((name) => !present.has(name))
  const made = await insertTeams(tx, round.id, missing)
  const seated = seats.flatMap(({ team, userId }) => {
    const entryId = present.get(team) ?? made.get(team)
    return entryId === undefined ? [] : [{ entryId, userId }]
  })
  await insertMembers(tx, round.id, seated)
  const moved = new Set(seats.map(({ userId }) => userId))
  const left = teams.filter(({ members }) => [...members].some((id) => moved.has(id)))
  await deleteEmptyTeams(
    tx,
    left.flatMap(({ id }) => (id === null ? [] : [id])),
  )
  return seated
}
