import { TaikaiError } from '@taikai/shared/errors'
import type { Entry, PrismaClient, Round } from '../../generated/prisma/client.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import type { RenewStandings } from '../leaderboard/publish.service.ts'
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

/** The first of `name`, `name 2`, `name 3` … that nobody has, within the length that a name may have. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : ` ${number}`
    const candidate = name.slice(0, nameLength - suffix.length) + suffix
    if (!taken.has(candidate)) return candidate
  }
}

/**
 * Puts a person into the round with an entry of their own, named after them; who has joined already keeps their entry.
 * To be called in a transaction: the round is locked meanwhile, so that two of one name get different entry names.
 */
export async function joinRound(
  tx: Db,
  round: Pick<Round, 'id' | 'slug'>,
  user: { id: string; name: string },
): Promise<EntryWithMembers> {
  await lockRoundEntries(tx, round.id)
  const present = await findEntryOf(tx, round.id, user.id)
  if (present !== null) return present
  const name = freeName(user.name, await takenNames(tx, round.id))
  const entry = await insertEntry(tx, { roundId: round.id, name, kind: 'TEAM', userId: user.id })
  await notify(tx, { topic: `round/${round.slug}` })
  return entry
}

/** An entry without members that holds an instructor's submissions; it is shown without a rank. Throws ENTRY_NAME_TAKEN. */
export async function createBaselineEntry(db: Db, roundId: string, name: string): Promise<Entry> {
  const entry = await insertEntry(db, { roundId, name, kind: 'BASELINE', userId: null })
  return entry
}

/** Gives the viewer's entry another name. Throws ROUND_NOT_JOINED, ENTRY_NAME_TAKEN. To be called in a transaction. */
export async function renameEntry(
  tx: Db,
  round: Pick<Round, 'id' | 'slug'>,
  userId: string,
  name: string,
): Promise<EntryWithMembers> {
  const entry = await findEntryOf(tx, round.id, userId)
  if (entry === null) throw new TaikaiError('ROUND_NOT_JOINED')
  const renamed = await renameEntryRow(tx, entry.id, name)
  await notify(tx, { topic: `round/${round.slug}` })
  await notify(tx, { topic: `leaderboard/${round.slug}` })
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
    for (const topic of [`round/${slug}`, `leaderboard/${slug}`]) await notify(tx, { topic })
    await renewStandings(tx, slug)
    return entry
  })
}
