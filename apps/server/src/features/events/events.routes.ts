import { fastifySSE } from '@fastify/sse'
import { eventSchema } from '@taikai/shared/wire/event'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Viewer } from '../../http/viewer.ts'
import { type EventHub, refetchTopic, type ServerEvent } from '../../platform/events.ts'
import { type KnownRounds, roundsOf } from '../rounds/known-rounds.ts'
import { EventQueue } from './event-queue.ts'
import { accountOf, accountTopic, changesAccess, type EventAccess, mayReceive } from './events.policy.ts'

/** Proxies and phones drop connections that are silent for a minute. */
const heartbeatMs = 20_000
/** How long a session that ended elsewhere (expired, deactivated by hand) may still hear events. */
const recheckMs = 60_000
const recheckEvent = { topic: accountTopic('any'), version: 0 }

export type EventDeps = {
  events: EventHub
  knownRounds: KnownRounds
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
      const recheck = setInterval(() => queue.push(recheckEvent), recheckMs)
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
  // Whoever has left meanwhile is sent nothing; the queue is closed, and this ends.
  const send = async (topic: string) => {
    if (reply.sse.isConnected) await reply.sse.send({ data: { topic, version: ++version } })
  }
  let access = await loadAccess(deps, viewer)
  await send(refetchTopic)
  for await (const event of queue) {
    if (event === recheckEvent || concerns(event, viewer)) {
      const present = await deps.viewerOf(request)
      // The page connects again, as who it is then.
      if (present?.id !== viewer?.id || present?.role !== viewer?.role) return
    }
    if (changesAccess(event)) access = await loadAccess(deps, viewer)
    if (mayReceive(event, access, deps.now())) await send(event.topic)
  }
}

/** Whether an event tells of a change of the account that a stream is for, or of the instructor's who views the site as it. */
function concerns({ topic }: ServerEvent, viewer: Viewer | null): boolean {
  const changed = accountOf(topic)
  return changed !== null && (changed === viewer?.id || changed === viewer?.viewAs?.instructorId)
}

async function loadAccess({ knownRounds, now }: EventDeps, viewer: Viewer | null): Promise<EventAccess> {
  const { rounds, entryIds } = roundsOf(viewer, await knownRounds.list(), now())
  return {
    role: viewer?.role ?? 'VISITOR',
    rounds: new Map(rounds.map((round) => [round.slug, round])),
    entryIds: new Set(entryIds),
  }
}
