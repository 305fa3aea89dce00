import { z } from 'zod'

/**
 * What GET /api/events sends: a topic and a version, never data. The page refetches the authorised route.
 * - `round/<slug>`: the round's settings, state, entries or announcements
 * - `leaderboard/<slug>`: its ranking
 * - `submission/<id>`: status or progress; to its entry's members and instructors only
 * - `rounds`, `datasets`: the lists
 * - `hello`: first message of every stream, and again after a gap: refetch everything that is shown
 */
export const eventSchema = z.object({ topic: z.string(), version: z.number().int() })
export type LiveEvent = z.infer<typeof eventSchema>
