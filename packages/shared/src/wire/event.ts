import { z } from 'zod'

/**
 * What GET /api/events sends: a topic and a version, never data. The page refetches the authorised route.
 * - `round/<slug>`: the round's settings, state, entries or announcements
 * - `leaderboard/<slug>`: its ranking; while it is frozen, to instructors only
 * - `submission/<id>`: status or progress; to its entry's members and instructors only
 * - `rescore/<id>`: its progress; to instructors only
 * - `rounds`, `datasets`: the lists
 * - `hello`: first message of every stream, and again after a gap: refetch everything that is shown
 * The version counts the messages of one stream.
 */
export const eventSchema = z.object({ topic: z.string(), version: z.number().int() })
export type LiveEvent = z.infer<typeof eventSchema>
