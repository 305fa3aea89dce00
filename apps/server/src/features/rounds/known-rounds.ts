import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { Viewer } from '../../http/viewer.ts'
import { type EventHub, refetchTopic, type ServerEvent } from '../../platform/events.ts'
import { keepValue } from '../../platform/kept-value.ts'
import { canSeeRound } from './rounds.policy.ts'
import { findRoundsWithMembers, type RoundForViewer, type RoundRow } from './rounds.repository.ts'
import { visibleRound } from './rounds.service.ts'

/** A round, and in which entry of it somebody is, by user id. */
export type KnownRound = { round: RoundRow; entryOf: ReadonlyMap<string, { id: string; name: string }> }

export type KnownRounds = {
  /** All rounds. */
  list(): Promise<KnownRound[]>
  /** The round with the viewer's own entry, as `visibleRound` finds it. Throws NOT_FOUND. */
  visible(viewer: Viewer | null, slug: string, now: Date): Promise<RoundForViewer>
  /** To be called after a change on this server, so that it holds here before NOTIFY arrives. */
  forget(): void
}

function changesRounds({ topic }: ServerEvent): boolean {
  return topic === refetchTopic || topic === 'rounds' || topic === 'datasets' || topic.startsWith('round/')
}

/**
 * Rounds and their members in memory, for what every open page asks again and again. Read again after each event that may change
 * one. States that depend on dates are not kept: they follow the clock of each request.
 */
export function createKnownRounds({
  prisma,
  events,
}: {
  prisma: PrismaClient
  events: EventHub
}): KnownRounds {
  const kept = keepValue(events, changesRounds, async () => {
    const rounds = await findRoundsWithMembers(prisma)
    return new Map(rounds.map((known) => [known.round.slug, known]))
  })

  return {
    list: async () => [...(await kept.get()).values()],
    async visible(viewer, slug, now) {
      const known = (await kept.get()).get(slug)
      if (known !== undefined) {
        const entry = viewer === null ? undefined : known.entryOf.get(viewer.id)
        if (canSeeRound(viewer, known.round, entry !== undefined, now)) {
          return { ...known.round, entries: entry === undefined ? [] : [entry] }
        }
      }
      // Nobody is refused by what is kept: they may have joined a moment ago, on another server.
      return visibleRound(prisma, viewer, slug, now)
    },
    forget: kept.forget,
  }
}

/** The slugs and dates of the rounds that a viewer may see, and the ids of their own entries. */
export function roundsOf(viewer: Viewer | null, known: readonly KnownRound[], now: Date) {
  const entries = known.map(({ entryOf }) => (viewer === null ? undefined : entryOf.get(viewer.id)))
  return {
    rounds: known
      .filter(({ round }, index) => canSeeRound(viewer, round, entries[index] !== undefined, now))
      .map(({ round }) => round),
    entryIds: entries.flatMap((entry) => (entry === undefined ? [] : [entry.id])),
  }
}
