import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  runMigrations,
  withBackend,
} from 'bullmq'
import pg from 'pg'
import type { Config } from '../config.ts'

export type QueueConfig = Pick<Config, 'redisUrl' | 'databaseUrl'>

type Connection = { url: string }

/** Connections of one BullMQ class: commands, and a second one that listens. */
const postgresConnections = 4

/**
 * BullMQ's classes on Redis when `redisUrl` is set, and otherwise on its own PostgreSQL backend: their API is the same. Give
 * `options` to each of them, and await `prepare`, which brings BullMQ's tables up to date, before the first.
 */
export function createQueueBackend({ redisUrl, databaseUrl }: QueueConfig) {
  const backend: BackendFactory<IQueueBackend, Connection> = (name, { connection, ...rest }, options) =>
    redisUrl === null
      ? createPostgresBackend(
          name,
          { ...rest, connection: { connectionString: connection.url, max: postgresConnections } },
          options,
        )
      : // null: wait for Redis to come back rather than fail the commands of a worker.
        createRedisBackend(
          name,
          { ...rest, connection: { url: connection.url, maxRetriesPerRequest: null } },
          options,
        )
  return {
    ...withBackend(backend),
    options: { connection: { url: redisUrl ?? databaseUrl } },
    async prepare(): Promise<void> {
      if (redisUrl !== null) return
      const client = new pg.Client({ connectionString: databaseUrl })
      await client.connect()
      try {
        await runMigrations(client)
      } finally {
        await client.end()
      }
    },
  }
}
