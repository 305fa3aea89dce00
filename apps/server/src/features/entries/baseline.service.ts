import { TaikaiError } from '@taikai/shared/errors'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import type { RenewStandings } from '../leaderboard/publish.service.ts'
import { findEntry, lockEntries, updateKind } from './entries.repository.ts'
import { announceTeams } from './entries.service.ts'

/**
 * Makes a team a baseline, which the ranking shows without a rank, or a team again. Its submissions, members and quota stay.
 * Throws NOT_FOUND, and BASELINE_WITHOUT_MEMBERS where nobody could be ranked.
 */
export async function setBaseline(
  { prisma, renewStandings }: { prisma: PrismaClient; renewStandings: RenewStandings },
  actor: Actor,
  { slug, id }: { slug: string; id: string },
  baseline: boolean,
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    await lockEntries(tx, [id])
    const entry = await findEntry(tx, slug, id)
    if (entry === null) throw new TaikaiError('NOT_FOUND')
    const kind = baseline ? 'BASELINE' : 'TEAM'
    if (entry.kind === kind) return
    if (!baseline && entry.members.length === 0) throw new TaikaiError('BASELINE_WITHOUT_MEMBERS')
    await updateKind(tx, id, kind)
    await recordAudit(tx, {
      actor,
      action: baseline ? 'entry.mark-baseline' : 'entry.unmark-baseline',
      subjectType: 'entry',
      subjectId: id,
      before: { name: entry.name, kind: entry.kind },
      after: { name: entry.name, kind },
    })
    await announceTeams(tx, slug)
    await renewStandings(tx, slug)
  })
}
