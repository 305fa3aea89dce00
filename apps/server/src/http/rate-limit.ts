import rateLimit from '@fastify/rate-limit'
import { TaikaiError } from '@taikai/shared/errors'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'

const minute = 60_000
const accountBody = z.object({ email: z.string() })

/** The account that a request is about: the viewer's, or the one whose e-mail address it names. */
function account(request: FastifyRequest): string {
  if (request.viewer !== null) return `user ${request.viewer.id}`
  const body = accountBody.safeParse(request.body)
  return body.success ? `email ${body.data.email.trim().toLowerCase()}` : `address ${request.ip}`
}

function address(request: FastifyRequest): string {
  return request.ip
}

/**
 * Requests allowed per window. A whole class sits behind one address, so addresses get far more than accounts;
 * an account's limit is what slows down guessing its password.
 */
const limits = {
  'sign-in': [
    { max: 10, timeWindow: 5 * minute, keyGenerator: account },
    { max: 300, timeWindow: 5 * minute, keyGenerator: address },
  ],
  register: [{ max: 300, timeWindow: 10 * minute, keyGenerator: address }],
  submit: [{ max: 60, timeWindow: 5 * minute, keyGenerator: account }],
  // For visitors this is their address: a whole class may load a file at once.
  download: [{ max: 120, timeWindow: 5 * minute, keyGenerator: account }],
} as const

type LimitName = keyof typeof limits

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The rate limit that this route is under. Counted in memory of this process. */
    limit?: LimitName
  }
}

/** Refuses with RATE_LIMITED what exceeds the limit that a route's config names. */
export async function registerRateLimits(app: FastifyInstance): Promise<void> {
  await app.register(rateLimit, { global: false })
  const checks = {
    'sign-in': limits['sign-in'].map((limit) => app.createRateLimit(limit)),
    register: limits.register.map((limit) => app.createRateLimit(limit)),
    submit: limits.submit.map((limit) => app.createRateLimit(limit)),
    download: limits.download.map((limit) => app.createRateLimit(limit)),
  } satisfies Record<LimitName, unknown>
  // After validation, so that the account is known, and before the handler, which reads uploads.
  app.addHook('preHandler', async (request) => {
    const { limit } = request.routeOptions.config
    for (const check of limit === undefined ? [] : checks[limit]) {
      const result = await check(request)
      if (!result.isAllowed && result.isExceeded) {
        throw new TaikaiError('RATE_LIMITED', { retryAfterSeconds: result.ttlInSeconds })
      }
    }
  })
}
