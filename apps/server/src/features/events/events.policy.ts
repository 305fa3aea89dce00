import { isRankingFrozen, type RoundDates } from '@taikai/shared/round-state'
import { refetchTopic, type ServerEvent } from '../../platform/events.ts'

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

/** Of which account a topic says that its sessions, role or name changed; null: of none. */
export function accountOf(topic: string): string | null {
  return topic.startsWith(accountPrefix) ? topic.slice(accountPrefix.length) : null
}

/** Whether an event may have changed which rounds somebody may be told about, or whose entries. */
export function changesAccess({ topic }: ServerEvent): boolean {
  return topic === refetchTopic || topic === 'rounds' || topic.startsWith('round/')
}

/**
 * Whether an event may be told to a viewer at `now`. A topic that is not known goes to nobody. While a ranking is frozen, that
 * something moved in it is for instructors only.
 */
export function mayReceive({ topic, entryId }: ServerEvent, access: EventAccess, now: Date): boolean {
  const isInstructor = access.role === 'INSTRUCTOR'
  if (topic === refetchTopic || topic === 'rounds') return true
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
