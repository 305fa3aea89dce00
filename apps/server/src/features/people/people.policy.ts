import { TaikaiError } from '@taikai/shared/errors'

/**
 * Who changes somebody's role or access, or deletes them: an instructor, and somebody else. As `instructors` (those who are so now)
 * has whoever acts, there is always one left. Throws FORBIDDEN, PERSON_SELF.
 */
export function assertMayChangePerson(
  actorId: string,
  targetId: string,
  instructors: ReadonlySet<string>,
): void {
  if (!instructors.has(actorId)) throw new TaikaiError('FORBIDDEN')
  if (actorId === targetId) throw new TaikaiError('PERSON_SELF')
}
