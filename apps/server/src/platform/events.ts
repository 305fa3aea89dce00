import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Db } from './prisma.ts'

const channel = 'taikai_events'
const reconnectDelayMs = 500
/** Of the connection, after which the operating system asks whether the other end is there. */
const silenceMs = 10_000

const messageSchema = z.object({
  topic: z.string(),
  version: z.number().int(),
  entryId: z.string().optional(),
})
/** `entryId`: only this entry's members and instructors may be told. */
export type ServerEvent = z.infer<typeof messageSchema>

/** Tells subscribers that events may have been missed: everything on the page has to be refetched. */
export const refetchTopic = 'hello'

/**
 * Announces a change in the transaction that makes it: PostgreSQL delivers it on commit, and not at all on rollback.
 * Topics are listed in `packages/shared/src/wire/event.ts`.
 */
export async function notify(db: Db, event: { topic: string; entryId?: string }): Promise<void> {
  const entryId = event.entryId ?? null
  // A SELECT run as a statement: Prisma cannot read pg_notify's result, which is void.
  await db.$executeRaw`
    SELECT pg_notify(${channel}, json_strip_nulls(json_build_object(
      'topic', ${event.topic}::text, 'entryId', ${entryId}::text, 'version', nextval('taikai_event_version')))::text)`
}

type Subscriber = (event: ServerEvent) => void

/** Hears every `notify` of every process through one LISTEN connection, and hands it to the subscribers of this process. */
export class EventHub {
  readonly #databaseUrl: string
  readonly #logger: Logger
  readonly #subscribers = new Set<Subscriber>()
  readonly #closing = new AbortController()
  #client: Client
  #reconnecting: Promise<void> | null = null
  #version = 0

  private constructor(databaseUrl: string, logger: Logger) {
    this.#databaseUrl = databaseUrl
    this.#logger = logger
    this.#client = this.#newClient()
  }

  /** Connects and listens; throws where the first connection cannot be made. */
  static async start(databaseUrl: string, logger: Logger): Promise<EventHub> {
    const hub = new EventHub(databaseUrl, logger)
    try {
      await hub.#listen()
    } catch (error) {
      await hub.close()
      throw error
    }
    return hub
  }

  /** Calls `subscriber` for every event until the function that it returns is called. */
  subscribe(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber)
    return () => this.#subscribers.delete(subscriber)
  }

  /** The version of the newest event that was heard, or of the last one before the connection was made. */
  get version(): number {
    return this.#version
  }

  /** Whether events are heard now. */
  get connected(): boolean {
    return this.#reconnecting === null
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#subscribers.clear()
    await this.#reconnecting
    await this.#client.end()
  }

  #newClient(): Client {
    return new Client({
      connectionString: this.#databaseUrl,
      application_name: 'taikai-events',
      // It never says anything by itself: where the other end is gone without a word, only this tells.
      keepAlive: true,
      keepAliveInitialDelayMillis: silenceMs,
    })
  }

  async #listen(): Promise<void> {
    const client = this.#client
    client.on('notification', (message) => this.#receive(message.payload ?? ''))
    client.on('error', (error) => this.#logger.warn({ err: error }, 'event connection failed'))
    client.on('end', () => {
      // Only the loss of the connection in use starts a reconnection, not the end of a failed attempt.
      if (client === this.#client && !this.#closing.signal.aborted) this.#reconnecting ??= this.#reconnect()
    })
    await client.connect()
    await client.query(`LISTEN ${channel}`)
    const { rows } = await client.query<{ version: string }>(
      'SELECT last_value AS version FROM taikai_event_version',
    )
    this.#version = Number(rows[0]?.version)
  }

  #receive(payload: string): void {
    const event = messageSchema.safeParse(parseJson(payload))
    if (event.success) this.#publish(event.data)
    else this.#logger.warn({ payload }, 'unreadable event ignored')
  }

  #publish(event: ServerEvent): void {
    this.#version = event.version
    for (const subscriber of this.#subscribers) subscriber(event)
  }

  async #reconnect(): Promise<void> {
    const signal = this.#closing.signal
    while (!signal.aborted) {
      try {
        await delay(reconnectDelayMs, undefined, { signal })
        this.#client = this.#newClient()
        await this.#listen()
        this.#reconnecting = null
        // What happened in the gap is unknown.
        this.#publish({ topic: refetchTopic, version: this.#version })
        this.#logger.info('event connection restored')
        return
      } catch (error) {
        await this.#client.end() // one that connected, but could not listen
        if (!signal.aborted) this.#logger.warn({ err: error }, 'event connection not restored yet')
      }
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
