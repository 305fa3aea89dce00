import type { IncomingHttpHeaders } from 'node:http'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { Viewer } from '../../http/viewer.ts'
import { type EventHub, refetchTopic } from '../../platform/events.ts'
import { keptAtMostMs } from '../../platform/kept-value.ts'
import { accountOf } from '../events/events.policy.ts'
import type { Auth } from './auth.ts'
import { viewerBySession } from './sessions.ts'

/** Cookies that are known at once; the oldest goes first. */
const capacity = 5_000
/** Of cookies, in characters: a session's has a hundred, and what else is sent along must not fill the memory. */
const longestKept = 1_000

type SessionViewer = { viewer: Viewer | null; setCookies: string[] }

export type KnownSessions = {
  /** Who asks, as the database says now. What it finds is kept for `known`. */
  current(headers: IncomingHttpHeaders): Promise<SessionViewer>
  /** Who asks, perhaps from memory: for requests that change nothing. */
  known(headers: IncomingHttpHeaders): Promise<SessionViewer>
  /** To be called after a change on this server of one account, or of any, so that it holds here before NOTIFY arrives. */
  forget(userId?: string): void
}

/**
 * Students' sessions in memory, for what their pages ask again and again (decision 031). Those of an account are forgotten when it
 * changes, each after a minute; while events cannot be heard, none is used. Instructors are looked up each time: nothing that only they may
 * see rests on what is kept.
 */
export function createKnownSessions(deps: {
  auth: Auth
  prisma: PrismaClient
  events: EventHub
  now: () => Date
}): KnownSessions {
  const { events } = deps
  const kept = new Map<string, { found: SessionViewer; at: number }>()
  let changes = 0
  const forget = (userId?: string) => {
    changes += 1
    if (userId === undefined) kept.clear()
    for (const [cookie, { found }] of kept) if (found.viewer?.id === userId) kept.delete(cookie)
  }
  events.subscribe(({ topic }) => {
    if (topic === refetchTopic) forget()
    const changed = accountOf(topic)
    if (changed !== null) forget(changed)
  })

  async function current(headers: IncomingHttpHeaders): Promise<SessionViewer> {
    const { cookie } = headers
    const changesBefore = changes
    const at = performance.now()
    const found = await viewerBySession(deps, headers)
    if (cookie === undefined) return found
    kept.delete(cookie)
    const { viewer, setCookies } = found
    const isPlainStudent = viewer?.role === 'STUDENT' && viewer.viewAs === null && setCookies.length === 0
    if (!isPlainStudent || changes !== changesBefore || cookie.length > longestKept) return found
    const [oldest] = kept.keys()
    if (kept.size >= capacity && oldest !== undefined) kept.delete(oldest)
    kept.set(cookie, { found, at })
    return found
  }

  async function known(headers: IncomingHttpHeaders): Promise<SessionViewer> {
    const present = headers.cookie === undefined ? undefined : kept.get(headers.cookie)
    const isFresh = present !== undefined && performance.now() - present.at < keptAtMostMs
    return isFresh && events.connected ? present.found : current(headers)
  }
  return { current, known, forget }
}
