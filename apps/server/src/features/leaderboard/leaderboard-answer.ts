import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type Leaderboard, leaderboardSchema } from '@taikai/shared/wire/leaderboard'
import type { FastifyReply, FastifyRequest } from 'fastify'

type Answer = { json: Buffer; zipped: Buffer; etag: string }

/** As long as a ranking is kept, so is what was written of it. */
const answers = new WeakMap<Leaderboard, Promise<Answer>>()

/** Answers with a ranking. Checked, written and compressed once, however many pages ask: all do, at once, after each result. */
export async function sendLeaderboard(
  request: FastifyRequest,
  reply: FastifyReply,
  leaderboard: Leaderboard,
): Promise<void> {
  const written = answers.get(leaderboard) ?? write(leaderboard)
  answers.set(leaderboard, written)
  const { json, zipped, etag } = await written
  const takesGzip = request.headers['accept-encoding']?.includes('gzip') ?? false
  reply.type('application/json; charset=utf-8').header('etag', etag).header('vary', 'accept-encoding')
  if (takesGzip) reply.header('content-encoding', 'gzip')
  reply.send(takesGzip ? zipped : json)
}

async function write(leaderboard: Leaderboard): Promise<Answer> {
  const json = Buffer.from(JSON.stringify(leaderboardSchema.parse(leaderboard)))
  const hash = createHash('sha256').update(json).digest('base64url')
  // Weak: the same for the ranking compressed and not.
  return { json, zipped: await promisify(gzip)(json), etag: `W/"${hash}"` }
}
