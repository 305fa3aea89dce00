import { createHmac } from 'node:crypto'
import type { Round } from '../../generated/prisma/client.ts'

type NamedEntry = { entryId: string; name: string; kind: 'TEAM' | 'BASELINE'; memberNames: readonly string[] }

/** How the ranking names an entry, by the rule of its round. Baselines always have their own name. */
export function rankingName(
  { rankingNames, splitSeed }: Pick<Round, 'rankingNames' | 'splitSeed'>,
  { entryId, name, kind, memberNames }: NamedEntry,
): string {
  if (kind === 'BASELINE' || rankingNames === 'HANDLE') return name
  if (rankingNames === 'REAL') return memberNames.length === 0 ? name : memberNames.join(', ')
  // The same in every answer of the round; without the round's secret nobody can tell whose it is.
  const digits = createHmac('sha256', splitSeed).update(`pseudonym ${entryId}`).digest('hex')
  return `#${digits.slice(0, 6).toUpperCase()}`
}
