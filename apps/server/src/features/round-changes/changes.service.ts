import { TaikaiError } from '@taikai/shared/errors'
import type { UpdateRound } from '@taikai/shared/wire/round'
import type { ChangeEffects } from '@taikai/shared/wire/round-changes'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { findRoundBySlug } from '../rounds/rounds.repository.ts'
import { changedRound } from '../rounds/rounds.service.ts'
import { countedEffects } from './counted-effects.ts'
import { plainEffects } from './plain-effects.ts'

/** What a change of a round would do, and to whom; refused as the change itself would be. Throws NOT_FOUND and what `changedRound` throws. */
export async function effectsOfChange(
  prisma: PrismaClient,
  slug: string,
  changes: UpdateRound,
  now: Date,
): Promise<ChangeEffects> {
  return prisma.$transaction(
    async (tx) => {
      const before = await findRoundBySlug(tx, slug)
      if (before === null) throw new TaikaiError('NOT_FOUND')
      const after = await changedRound(tx, before, changes)
      const counted = await countedEffects({ db: tx, before, after, now })
      return { effects: [...plainEffects(before, after, now), ...counted] }
    },
    // All numbers are of one moment.
    { isolationLevel: 'RepeatableRead' },
  )
}
