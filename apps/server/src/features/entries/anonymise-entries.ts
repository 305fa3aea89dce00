import type { Db } from '../../platform/prisma.ts'
import type { RenewStandings } from '../leaderboard/publish.service.ts'
import { lockRound } from '../rounds/rounds.repository.ts'
import { lockRoundEntries, renameEntryRow, takenNames } from './entries.repository.ts'
import { announceTeams, freeName } from './entries.service.ts'

/**
 * Gives entries that a person has to themselves a name that says nothing of them, in all rounds, and publishes final rankings anew,
 * where members' names may stand. What they are in with others keeps its name.
 */
export async function anonymiseEntries(
  tx: Db,
  userId: string,
  name: string,
  renewStandings: RenewStandings,
): Promise<void> {
  const memberships = await tx.entryMember.findMany({
    where: { userId },
    select: { entry: { select: { round: { select: { id: true, slug: true } } } } },
    orderBy: { roundId: 'asc' },
  })
  const rounds = memberships.map(({ entry }) => entry.round)
  for (const { id } of rounds) await lockRoundEntries(tx, id)
  for (const { id, slug } of rounds) {
    await lockRound(tx, slug)
    const own = await tx.entry.findFirst({
      where: { roundId: id, members: { some: { userId }, every: { userId } } },
      select: { id: true },
    })
    if (own !== null) await renameEntryRow(tx, own.id, freeName(name, await takenNames(tx, id)))
    await announceTeams(tx, slug)
    await renewStandings(tx, slug)
  }
}
