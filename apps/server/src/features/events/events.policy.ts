import { isRankingFrozen, type RoundDates } from '@taikai/shared/round-state'
import type { ServerEvent } from '../../platform/events.ts'

/** What a viewer may be told about. */
export type EventAccess = {
  role: 'VISITOR' | 'STUDENT' | 'INSTRUCTOR'
  /** The rounds that they may see, by slug. */
  rounds: ReadonlyMap<string, RoundDates>
  /** Their own entries. */
  entryIds: ReadonlySet<string>
}

const accountPrefix = 'account/'

/** The topic that tells this server's streams that an account signed out or was deactivated. Never sent to a page. */
export function accountTopic(userId: string): string {
  return `${accountPrefix}${userId}`
}

/** Whether an event may have changed what somebody may be told about. */
export function changesAccess({ topic }: ServerEvent): boolean {
  return topic === 'rounds' || topic.startsWith('round/') || topic.startsWith(accountPrefix)
}

/**
 * Whether an event may be told to a viewer at `now`. A topic that is not known goes to nobody. While a ranking is frozen, that
 * something moved in it is for instructors only.
 */
export function mayReceive({ topic, entryId }: ServerEvent, access: EventAccess, now: Date): boolean {
  const isInstructor = access.role === 'INSTRUCTOR'
  if (topic === 'hello' || topic === 'rounds') return true
  const [kind, name = ''] = topic.split('/')
  if (kind === 'datasets' || kind === 'rescore' || kind === 'people') return isInstructor
  if (kind === 'round') return access.rounds.has(name)
  if (kind === 'leaderboard') {
    const round = access.rounds.get(name)
    return round !== undefined && (isInstructor || !isRankingFrozen(round, now))
  }
  if (kind === 'submission') return isInstructor || (entryId !== undefined && access.entryIds.has(entryId))
  return false
}
