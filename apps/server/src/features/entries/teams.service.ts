import { randomBytes } from 'node:crypto'
import { TaikaiError } from '@taikai/shared/errors'
import type { Round } from '../../generated/prisma/client.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'
import { assertMayJoin, assertTeamFits, assertTeamsMayChange } from './entries.policy.ts'
import {
  deleteMember,
  type EntryWithMembers,
  findEntryOf,
  hasSubmissions,
  insertMember,
  lockEntries,
  lockRoundEntries,
} from './entries.repository.ts'
import { announceTeams, insertOwnEntry, requireEntryOf } from './entries.service.ts'
import { findInvitingEntry, type InvitingEntry, setInviteCode } from './invites.repository.ts'

// What members do with their team. Each is to be called in a transaction.

/** 128 bits: nobody finds a link by trying. */
const inviteBytes = 16

/** Locks entries against submissions, and throws TEAM_LOCKED where one of them has any. */
async function requireNoSubmissions(tx: Db, entryIds: string[]): Promise<void> {
  await lockEntries(tx, entryIds)
  if (await hasSubmissions(tx, entryIds)) throw new TaikaiError('TEAM_LOCKED')
}

/**
 * Gives the viewer's entry a link by which others may become members, in place of the one that it had.
 * Throws ROUND_NOT_JOINED, ROUND_CLOSED, TEAM_LOCKED, TEAM_FULL.
 */
export async function renewInvite(tx: Db, round: Round, userId: string, now: Date): Promise<void> {
  await lockRoundEntries(tx, round.id)
  const entry = await requireEntryOf(tx, round.id, userId)
  assertTeamsMayChange(round, now)
  await requireNoSubmissions(tx, [entry.id])
  assertTeamFits(round, entry.members.length + 1)
  await setInviteCode(tx, entry.id, randomBytes(inviteBytes).toString('base64url'))
  await notify(tx, { topic: `round/${round.slug}` })
}

/** Takes the link of the viewer's entry back. Throws ROUND_NOT_JOINED. */
export async function withdrawInvite(tx: Db, round: Round, userId: string): Promise<void> {
  await lockRoundEntries(tx, round.id)
  const entry = await requireEntryOf(tx, round.id, userId)
  await setInviteCode(tx, entry.id, null)
  await notify(tx, { topic: `round/${round.slug}` })
}

/** Throws INVITE_UNKNOWN. */
export async function requireInvite(db: Db, inviteCode: string): Promise<InvitingEntry> {
  const entry = await findInvitingEntry(db, inviteCode)
  if (entry === null) throw new TaikaiError('INVITE_UNKNOWN')
  return entry
}

/**
 * Makes a person a member of the entry that invites: they leave the entry that they have in the round, if any. The invitation is
 * enough to join the round, unless only instructors put people into it.
 * Throws INVITE_UNKNOWN, ROUND_CLOSED, JOIN_ROSTER_ONLY, TEAM_LOCKED (either entry has submitted), TEAM_FULL.
 */
export async function acceptInvite(
  tx: Db,
  inviteCode: string,
  user: { id: string; name: string },
  now: Date,
): Promise<{ round: Round; entry: EntryWithMembers }> {
  await lockRoundEntries(tx, (await requireInvite(tx, inviteCode)).roundId)
  // Once more under the lock: the link may have been renewed, and places taken, before it was had.
  const invited = await requireInvite(tx, inviteCode)
  const { round } = invited
  const present = await findEntryOf(tx, round.id, user.id)
  if (present?.id === invited.id) return { round, entry: present }
  assertTeamsMayChange(round, now)
  if (present === null) assertMayJoin(round, 'invite')
  await requireNoSubmissions(tx, present === null ? [invited.id] : [invited.id, present.id])
  assertTeamFits(round, invited.members.length + 1)
  if (present !== null) await deleteMember(tx, present.id, user.id)
  const entry = await insertMember(tx, invited, user.id)
  await announceTeams(tx, round.slug)
  return { round, entry }
}

/**
 * Takes the viewer out of their team into an entry of their own; who is alone in theirs stays there.
 * Throws ROUND_NOT_JOINED, ROUND_CLOSED, TEAM_LOCKED.
 */
export async function leaveTeam(
  tx: Db,
  round: Round,
  user: { id: string; name: string },
  now: Date,
): Promise<EntryWithMembers> {
  await lockRoundEntries(tx, round.id)
  const present = await requireEntryOf(tx, round.id, user.id)
  assertTeamsMayChange(round, now)
  await requireNoSubmissions(tx, [present.id])
  if (present.members.length === 1) return present
  await deleteMember(tx, present.id, user.id)
  const entry = await insertOwnEntry(tx, round.id, user)
  await announceTeams(tx, round.slug)
  return entry
}
