import { TaikaiError } from '@taikai/shared/errors'
import type { Entry as WireEntry } from '@taikai/shared/wire/round'
import type { Entry, PrismaClient, Round } from '../../generated/prisma/client.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import type { RenewStandings } from '../leaderboard/publish.service.ts'
import type { QuotaRules } from '../quota/quota.policy.ts'
import { quotaOf } from '../quota/quota.service.ts'
import { assertMayJoin, assertTeamsMayChange, type JoinProof } from './entries.policy.ts'
import { presentEntry } from './entries.presenter.ts'
import {
  type EntryWithMembers,
  findEntry,
  findEntryOf,
  insertEntry,
  lockRoundEntries,
  renameEntryRow,
  takenNames,
  updateDisqualification,
} from './entries.repository.ts'

const nameLength = 60

type Person = { id: string; name: string }

/** The first of `name`, `name 2`, `name 3` … that nobody has, within the length that a name may have. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : ` ${number}`
    const candidate = name.slice(0, nameLength - suffix.length) + suffix
    if (!taken.has(candidate)) return candidate
  }
}

/** Gives a person who is in no entry of the round one of their own, named after them. The caller has locked the round's entries. */
export async function insertOwnEntry(tx: Db, roundId: string, user: Person): Promise<EntryWithMembers> {
  const name = freeName(user.name, await takenNames(tx, roundId))
  return insertEntry(tx, { roundId, name, kind: 'TEAM', userId: user.id })
}

/**
 * Puts a person into the round with an entry of their own, named after them; who has joined already keeps their entry.
 * To be called in a transaction: the round's entries are locked meanwhile, so that two of one name get different entry names.
 * Throws JOIN_ROSTER_ONLY, JOIN_CODE_UNKNOWN.
 */
export async function joinRound(
  tx: Db,
  round: Pick<Round, 'id' | 'slug' | 'joinPolicy'>,
  user: Person,
  proof: JoinProof,
): Promise<EntryWithMembers> {
  await lockRoundEntries(tx, round.id)
  const present = await findEntryOf(tx, round.id, user.id)
  if (present !== null) return present
  assertMayJoin(round, proof)
  const entry = await insertOwnEntry(tx, round.id, user)
  await notify(tx, { topic: `round/${round.slug}` })
  return entry
}

/** An entry without members that holds an instructor's submissions; it is shown without a rank. Throws ENTRY_NAME_TAKEN. */
export async function createBaselineEntry(db: Db, roundId: string, name: string): Promise<Entry> {
  const entry = await insertEntry(db, { roundId, name, kind: 'BASELINE', userId: null })
  return entry
}

/** An entry as its members see it, with what is left of its quota. */
export async function showEntry(
  db: Db,
  round: QuotaRules,
  entry: EntryWithMembers,
  now: Date,
): Promise<WireEntry> {
  return presentEntry(entry, await quotaOf(db, round, entry.id, now))
}

/** The viewer's entry. Throws ROUND_NOT_JOINED. */
export async function requireEntryOf(db: Db, roundId: string, userId: string): Promise<EntryWithMembers> {
  const entry = await findEntryOf(db, roundId, userId)
  if (entry === null) throw new TaikaiError('ROUND_NOT_JOINED')
  return entry
}

/**
 * Gives the viewer's entry another name. To be called in a transaction.
 * Throws ROUND_NOT_JOINED, ROUND_CLOSED, ENTRY_NAME_TAKEN.
 */
export async function renameEntry(
  tx: Db,
  round: Round,
  userId: string,
  name: string,
  now: Date,
): Promise<EntryWithMembers> {
  const entry = await requireEntryOf(tx, round.id, userId)
  assertTeamsMayChange(round, now)
  const renamed = await renameEntryRow(tx, entry.id, name)
  await announceTeams(tx, round.slug)
  return renamed
}

/** Takes an entry out of every ranking with a reason, or, with null, lets it back in. Throws NOT_FOUND. */
export async function setEntryDisqualified(
  { prisma, renewStandings }: { prisma: PrismaClient; renewStandings: RenewStandings },
  actor: Actor,
  { slug, id }: { slug: string; id: string },
  disqualified: { at: Date; reason: string } | null,
): Promise<EntryWithMembers> {
  return prisma.$transaction(async (tx) => {
    const before = await findEntry(tx, slug, id)
    if (before === null) throw new TaikaiError('NOT_FOUND')
    const entry = await updateDisqualification(tx, id, {
      disqualifiedAt: disqualified?.at ?? null,
      disqualifiedReason: disqualified?.reason ?? null,
    })
    await recordAudit(tx, {
      actor,
      action: disqualified === null ? 'entry.requalify' : 'entry.disqualify',
      subjectType: 'entry',
      subjectId: id,
      before: { reason: before.disqualifiedReason },
      after: { reason: entry.disqualifiedReason },
    })
    await announceTeams(tx, slug)
    await renewStandings(tx, slug)
    return entry
  })
}

/** Tells pages that names or members of entries changed, with whose entries one may hear of. */
export async function announceTeams(tx: Db, slug: string): Promise<void> {
  await notify(tx, { topic: `round/${slug}` })
  await notify(tx, { topic: `leaderboard/${slug}` })
}
