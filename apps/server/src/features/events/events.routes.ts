import { fastifySSE } from '@fastify/sse'
import { eventSchema } from '@taikai/shared/wire/event'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { Viewer } from '../../http/viewer.ts'
import { type EventHub, refetchTopic } from '../../platform/events.ts'
import { canSeeRound } from '../rounds/rounds.policy.ts'
import { listRoundsForViewer } from '../rounds/rounds.repository.ts'
import { EventQueue } from './event-queue.ts'
import { accountTopic, changesAccess, type EventAccess, mayReceive } from './events.policy.ts'

/** Proxies and phones drop connections that are silent for a minute. */
const heartbeatMs = 20_000
/** How long a session that ended elsewhere (expired, deactivated by hand) may still hear events. */
const recheckMs = 60_000

export type EventDeps = {
  prisma: PrismaClient
  events: EventHub
  now: () => Date
  /** Looks up who asks anew: null when signed out or deactivated since. */
  viewerOf(request: FastifyRequest): Promise<Viewer | null>
}

/** GET /api/events: one stream per page. It carries topics and versions; the page refetches the routes, which authorise. */
export const eventRoutes: FastifyPluginAsyncZod<EventDeps> = async (app, deps) => {
  const open = new Set<EventQueue>()
  await app.register(fastifySSE, { heartbeatInterval: heartbeatMs })
  // Streams never end by themselves: without this the server could not stop.
  app.addHook('preClose', async () => {
    for (const queue of open) queue.close()
  })

  app.get(
    '/api/events',
    { config: { access: 'public' }, schema: { response: { 200: eventSchema } }, sse: { kind: 'only' } },
    async (request, reply) => {
      const queue = new EventQueue()
      const unsubscribe = deps.events.subscribe((event) => queue.push(event))
      const recheck = setInterval(() => queue.push({ topic: accountTopic('any'), version: 0 }), recheckMs)
      reply.sse.onClose(() => queue.close())
      open.add(queue)
      try {
        await follow(queue, request, reply, deps)
      } finally {
        clearInterval(recheck)
        unsubscribe()
        open.delete(queue)
      }
    },
  )
}

/** Sends what the viewer may hear, until either side closes or the viewer is no longer who they were. */
async function follow(
  queue: EventQueue,
  request: FastifyRequest,
  reply: FastifyReply,
  deps: EventDeps,
): Promise<void> {
  const { viewer } = request
  // Counted for this stream alone: in a number that all streams share, everybody would see that others do something.
  let version = 0
  const send = (topic: string) => reply.sse.send({ data: { topic, version: ++version } })
  let access = await loadAccess(deps, viewer)
  await send(refetchTopic)
  for await (const event of queue) {
    if (changesAccess(event)) {
      const present = await deps.viewerOf(request)
      // The page connects again, as who it is then.
      if (present?.id !== viewer?.id || present?.role !== viewer?.role) return
      access = await loadAccess(deps, viewer)
    }
    if (mayReceive(event, access, deps.now())) await send(event.topic)
  }
}

async function loadAccess({ prisma, now }: EventDeps, viewer: Viewer | null): Promise<EventAccess> {
  const rounds = await listRoundsForViewer(prisma, viewer?.id ?? null)
  const visible = rounds.filter((round) => canSeeRound(viewer, round, round.entries.length > 0, now()))
  return {
    role: viewer?.role ?? 'VISITOR',
    rounds: new Map(visible.map((round) => [round.slug, round])),
    entryIds: new Set(rounds.flatMap(({ entries }) => entries.map(({ id }) => id))),
  }
}
