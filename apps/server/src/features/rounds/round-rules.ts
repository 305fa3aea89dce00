import { type RoundRules, roundRulesSchema } from '@taikai/shared/wire/round'
import type { Round } from '../../generated/prisma/client.ts'

/** A round's rules as they stand in its row. */
export function rulesOf(round: Round): RoundRules {
  return roundRulesSchema.parse({
    ...round,
    maxParameters: numberOrNull(round.maxParameters),
    maxMacs: numberOrNull(round.maxMacs),
  })
}

/** What a column of BigInt holds is far below 2^53. */
function numberOrNull(value: bigint | null): number | null {
  return value === null ? null : Number(value)
}
