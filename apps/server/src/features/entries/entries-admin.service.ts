import { TaikaiError } from '@taikai/shared/errors'
import type { AuditAction } from '@taikai/shared/messages/audit-action'
import type { PrismaClient, Round } from '../../generated/prisma/client.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'
import { type Actor, type AuditRecord, recordAudit } from '../audit/audit.repository.ts'
import type { RenewStandings } from '../leaderboard/publish.service.ts'
import { findRoundBySlug, lockRound } from '../rounds/rounds.repository.ts'
import { assertTeamFits } from './entries.policy.ts'
import {
  deleteMember,
  type EntryWithMembers,
  findEntryOf,
  findTeam,
  insertMember,
  lockEntries,
  lockRoundEntries,
} from './entries.repository.ts'
import { announceTeams, insertOwnEntry } from './entries.service.ts'
import {
  countFinalPicks,
  deleteEntry,
  findStudent,
  moveMembers,
  moveSubmissions,
} from './entries-admin.repository.ts'

// What instructors do with teams, at any time: neither a first submission nor the close binds them, the team size does.

type Deps = { prisma: PrismaClient; renewStandings: RenewStandings }

/**
 * Runs a change of a round's entries, which are locked meanwhile, tells pages of it, and publishes the final ranking anew where there
 * is one. Throws NOT_FOUND.
 */
async function changeEntries<T>(
  { prisma, renewStandings }: Deps,
  slug: string,
  change: (tx: Db, round: Round) => Promise<T>,
): Promise<T> {
  return prisma.$transaction(async (tx) => {
    const round = await findRoundBySlug(tx, slug)
    if (round === null) throw new TaikaiError('NOT_FOUND')
    await lockRoundEntries(tx, round.id)
    // Entries, then the round, then submissions: the order of all who lock several (decision 017).
    await lockRound(tx, slug)
    const result = await change(tx, round)
    await announceTeams(tx, slug)
    await renewStandings(tx, slug)
    return result
  })
}

async function requireStudent(db: Db, email: string) {
  const student = await findStudent(db, email)
  if (student === null) throw new TaikaiError('STUDENT_UNKNOWN', { email })
  return student
}

async function requireTeam(db: Db, roundId: string, id: string): Promise<EntryWithMembers> {
  const team = await findTeam(db, roundId, id)
  if (team === null) throw new TaikaiError('NOT_FOUND')
  return team
}

/** What the audit log keeps of an entry. */
function audited({ name, members, _count }: EntryWithMembers) {
  return { name, members: members.map(({ user }) => user.id), submissions: _count.submissions }
}

/**
 * Puts a student into the round with an entry of their own, out of the team that they were in. Who is alone in theirs stays.
 * Throws NOT_FOUND, STUDENT_UNKNOWN.
 */
export async function giveOwnEntry(deps: Deps, actor: Actor, slug: string, email: string): Promise<void> {
  await changeEntries(deps, slug, async (tx, round) => {
    const student = await requireStudent(tx, email)
    const present = await findEntryOf(tx, round.id, student.id)
    if (present?.members.length === 1) return
    if (present !== null) await takeOut(tx, actor, present, student.id)
    const entry = await insertOwnEntry(tx, round.id, student)
    await record(tx, actor, 'entry.create', entry.id, null, audited(entry))
  })
}

/**
 * Puts a student into a team, out of the one that they were in; their submissions stay with that one.
 * Throws NOT_FOUND (the round or the team), STUDENT_UNKNOWN, TEAM_FULL.
 */
export async function addMember(
  deps: Deps,
  actor: Actor,
  slug: string,
  input: { entryId: string; email: string },
): Promise<void> {
  await changeEntries(deps, slug, async (tx, round) => {
    const student = await requireStudent(tx, input.email)
    const team = await requireTeam(tx, round.id, input.entryId)
    const present = await findEntryOf(tx, round.id, student.id)
    if (present?.id === team.id) return
    assertTeamFits(round, team.members.length + 1)
    if (present !== null) await takeOut(tx, actor, present, student.id)
    const joined = await insertMember(tx, team, student.id)
    await record(tx, actor, 'entry.add-member', team.id, audited(team), audited(joined))
  })
}

/** Takes a person out of a team, and with it out of the round. Throws NOT_FOUND. */
export async function removeMember(
  deps: Deps,
  actor: Actor,
  slug: string,
  input: { entryId: string; userId: string },
): Promise<void> {
  await changeEntries(deps, slug, async (tx, round) => {
    const team = await requireTeam(tx, round.id, input.entryId)
    if (!team.members.some(({ user }) => user.id === input.userId)) throw new TaikaiError('NOT_FOUND')
    await takeOut(tx, actor, team, input.userId)
  })
}

/**
 * Makes one entry of two: `into` takes over members and submissions, and with these the quota that was used. Their final picks stay
 * where all of them together are no more than the round allows; else those of the entry that goes are dropped.
 * Throws NOT_FOUND (also for merging with itself), TEAM_FULL.
 */
export async function mergeEntries(
  deps: Deps,
  actor: Actor,
  slug: string,
  ids: { from: string; into: string },
): Promise<void> {
  await changeEntries(deps, slug, async (tx, round) => {
    if (ids.from === ids.into) throw new TaikaiError('NOT_FOUND')
    await lockEntries(tx, [ids.from, ids.into])
    const from = await requireTeam(tx, round.id, ids.from)
    const into = await requireTeam(tx, round.id, ids.into)
    assertTeamFits(round, from.members.length + into.members.length)
    const keepPicks = (await countFinalPicks(tx, [from.id, into.id])) <= round.finalPicks
    const moved = await moveSubmissions(tx, from.id, into.id, keepPicks)
    await moveMembers(tx, from.id, into.id)
    await deleteEntry(tx, from.id)
    const merged = await requireTeam(tx, round.id, into.id)
    await record(
      tx,
      actor,
      'entry.merge',
      into.id,
      { ...audited(into), merged: { id: from.id, ...audited(from) } },
      audited(merged),
    )
    for (const id of moved) await notify(tx, { topic: `submission/${id}`, entryId: into.id })
  })
}

async function takeOut(tx: Db, actor: Actor, entry: EntryWithMembers, userId: string): Promise<void> {
  await lockEntries(tx, [entry.id])
  await deleteMember(tx, entry.id, userId)
  const members = audited(entry).members.filter((id) => id !== userId)
  await record(tx, actor, 'entry.remove-member', entry.id, audited(entry), { ...audited(entry), members })
}

async function record(
  tx: Db,
  actor: Actor,
  action: AuditAction,
  entryId: string,
  before: AuditRecord['before'] | null,
  after: ReturnType<typeof audited>,
): Promise<void> {
  const subject = { subjectType: 'entry', subjectId: entryId } as const
  await recordAudit(tx, { actor, action, ...subject, ...(before && { before }), after })
}
