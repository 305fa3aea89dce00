import type { Viewer } from '../../http/viewer.ts'
import type { Db } from '../../platform/prisma.ts'
import type { RoundForViewer } from '../rounds/rounds.repository.ts'
import { findNamedEntries } from './entries-admin.repository.ts'

/**
 * The names that a viewer sees in place of pseudonyms, by entry id: instructors all of them, members that of their own entry. Empty
 * in rounds without pseudonyms.
 */
export async function knownNames(
  db: Db,
  viewer: Pick<Viewer, 'role'> | null,
  round: RoundForViewer,
): Promise<ReadonlyMap<string, string>> {
  if (round.rankingNames !== 'PSEUDONYM') return new Map()
  const entries = viewer?.role === 'INSTRUCTOR' ? await findNamedEntries(db, round.id) : round.entries
  return new Map(entries.map(({ id, name }) => [id, name]))
}
