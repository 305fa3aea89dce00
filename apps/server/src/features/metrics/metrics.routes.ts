import { createHash, timingSafeEqual } from 'node:crypto'
import { TaikaiError } from '@taikai/shared/errors'
import type { FastifyInstance } from 'fastify'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { assetPrefix } from '../../http/web-pages.ts'
import { createMetrics } from './metrics.service.ts'

/**
 * GET /metrics for whoever knows METRICS_TOKEN; without one there is no such page. An address is no proof: behind a proxy on this
 * machine every request comes from it. Call it before the routes that are to be measured.
 */
export function registerMetrics(
  app: FastifyInstance,
  { prisma, token }: { prisma: PrismaClient; token: string },
): void {
  const metrics = createMetrics(prisma)
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    // Templates, not addresses: those have no end, and name people and rounds.
    const { url = 'other' } = routeOptions
    // Each file has a route of its own, by a name that it keeps until the next build.
    const route = url.startsWith(assetPrefix) ? `${assetPrefix}*` : url
    metrics.observeRequest({ method, route, status: reply.statusCode, ms: reply.elapsedTime })
  })
  app.get('/metrics', async (request, reply) => {
    if (!isToken(request.headers.authorization, token)) {
      reply.header('www-authenticate', 'Bearer')
      throw new TaikaiError('UNAUTHENTICATED')
    }
    return reply
      .type(metrics.contentType)
      .header('cache-control', 'no-store')
      .send(await metrics.expose())
  })
}

/** Compares sums of the same length, so that how long it takes tells nothing. */
function isToken(authorization: string | undefined, token: string): boolean {
  const sum = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(sum(authorization ?? ''), sum(`Bearer ${token}`))
}
