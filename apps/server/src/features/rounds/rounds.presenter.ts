import { isRankingFrozen, roundState } from '@taikai/shared/round-state'
import type { Round } from '@taikai/shared/wire/round'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { Viewer } from '../../http/viewer.ts'
import { presentDatasetSummary } from '../datasets/datasets.presenter.ts'
import type { PublicCounts } from './public-counts.ts'
import { rulesOf } from './round-rules.ts'
import { countSubmissions, type RoundForViewer } from './rounds.repository.ts'

/** What a viewer who may see the round gets of it. The join code and counts are for instructors. */
export async function presentRound(
  round: RoundForViewer,
  viewer: Viewer | null,
  now: Date,
  { prisma, publicCounts }: { prisma: PrismaClient; publicCounts: PublicCounts },
): Promise<Round> {
  return {
    slug: round.slug,
    title: round.title,
    description: round.description,
    state: roundState(round, now),
    timeZone: round.timeZone,
    opensAt: round.opensAt?.toISOString() ?? null,
    freezesAt: round.freezesAt?.toISOString() ?? null,
    closesAt: round.closesAt?.toISOString() ?? null,
    publishedAt: round.publishedAt?.toISOString() ?? null,
    rankingFrozen: isRankingFrozen(round, now),
    rules: rulesOf(round),
    visitorsMaySee: round.visitorsMaySee,
    dataset: presentDatasetSummary(round.dataset),
    publicCount: await publicCounts(round),
    entry: round.entries[0] ?? null,
    admin:
      viewer?.role === 'INSTRUCTOR'
        ? {
            joinCode: round.joinCode,
            publicPercent: round.publicPercent,
            submissionCount: await countSubmissions(prisma, round.id),
          }
        : null,
    serverTime: now.toISOString(),
  }
}
