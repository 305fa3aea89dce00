import rateLimit, { type CreateRateLimitOptions, normalizeIP } from '@fastify/rate-limit'
import { TaikaiError } from '@taikai/shared/errors'
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify'
import { Redis } from 'ioredis'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { isApiRoute } from './access.ts'

const minute = 60_000
const redisAnswersWithinMs = 500
const accountsBehindAddress = 25
const accountBody = z.object({ email: z.string() })

/** The account that a request is about: the viewer's, or the one whose e-mail address it names. */
function account(request: FastifyRequest): string {
  if (request.viewer !== null) return `user ${request.viewer.id}`
  const body = accountBody.safeParse(request.body)
  return body.success ? `email ${body.data.email.trim().toLowerCase()}` : address(request)
}

/** Of IPv6 the network: a household has more addresses than anybody can count. */
function address(request: FastifyRequest): string {
  return `address ${normalizeIP(request.ip)}`
}

type Limit = { max: number; timeWindow: number; of: (request: FastifyRequest) => string }

/**
 * Requests allowed per window. A whole class sits behind one address, so addresses get far more than accounts;
 * an account's limit is what slows down guessing its password.
 */
const limits = {
  'sign-in': [
    { max: 10, timeWindow: 5 * minute, of: account },
    { max: 300, timeWindow: 5 * minute, of: address },
  ],
  register: [{ max: 300, timeWindow: 10 * minute, of: address }],
  submit: [
    { max: 60, timeWindow: 5 * minute, of: account },
    { max: 1200, timeWindow: 5 * minute, of: address },
  ],
  // For visitors this is their address: a whole class may load a file at once.
  download: [{ max: 120, timeWindow: 5 * minute, of: account }],
} as const satisfies Record<string, readonly Limit[]>

type LimitName = keyof typeof limits

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The rate limit that this route is under beside that of all routes. */
    limit?: LimitName
  }
}

/**
 * Refuses with RATE_LIMITED what exceeds a limit. Counted in Redis where there is one, for all servers together, otherwise in memory of
 * this process. While Redis does not answer nothing is counted, and the log says so: nobody is locked out by it.
 */
export async function registerRateLimits(
  app: FastifyInstance,
  { redisUrl, apiRequestsPerMinute }: Pick<Config, 'redisUrl' | 'apiRequestsPerMinute'>,
): Promise<void> {
  const redis = redisUrl === null ? null : await connect(redisUrl, app.log)
  app.addHook('onClose', async () => redis?.disconnect())
  await app.register(rateLimit, { global: false, ...(redis && { redis, nameSpace: 'taikai-limit-' }) })

  const checkOf = (name: string, { max, timeWindow, of }: Limit) => {
    // In Redis all limits share one space of keys: each has its name and its window in them.
    const options: CreateRateLimitOptions = {
      max,
      timeWindow,
      keyGenerator: (request) => `${name} ${timeWindow} ${of(request)}`,
    }
    const check = app.createRateLimit(options)
    return async (request: FastifyRequest) => {
      const result = await check(request).catch((error: unknown) => {
        request.log.warn({ err: error, limit: name }, 'request not counted for its rate limit')
        return null
      })
      if (result !== null && !result.isAllowed && result.isExceeded) {
        throw new TaikaiError('RATE_LIMITED', { retryAfterSeconds: result.ttlInSeconds })
      }
    }
  }
  const checks = {
    'sign-in': limits['sign-in'].map((limit) => checkOf('sign-in', limit)),
    register: limits.register.map((limit) => checkOf('register', limit)),
    submit: limits.submit.map((limit) => checkOf('submit', limit)),
    download: limits.download.map((limit) => checkOf('download', limit)),
  } satisfies Record<LimitName, unknown>
  // Every route of the API: the account's limit once it is known who asks, the address's before, so that wrong keys count too.
  const perMinute = (max: number, of: Limit['of']) => checkOf('api', { max, timeWindow: minute, of })
  const apiByAccount = perMinute(apiRequestsPerMinute, account)
  const apiByAddress = perMinute(apiRequestsPerMinute * accountsBehindAddress, address)

  app.addHook('onRequest', async (request) => {
    if (isApiRoute(request.routeOptions.url ?? '')) await apiByAddress(request)
  })
  // After validation, so that the account is known, and before the handler, which reads uploads.
  app.addHook('preHandler', async (request) => {
    if (request.viewer !== null) await apiByAccount(request)
    const { limit } = request.routeOptions.config
    for (const check of limit === undefined ? [] : checks[limit]) await check(request)
  })
}

/** A client that fails at once while Redis is away, and comes back by itself. */
async function connect(url: string, log: FastifyBaseLogger): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    connectTimeout: 4 * redisAnswersWithinMs,
    commandTimeout: redisAnswersWithinMs,
    maxRetriesPerRequest: 0,
  })
  redis.on('error', (error) => log.warn({ err: error }, 'Redis of the rate limits cannot be reached'))
  await redis.connect().catch(() => {}) // told by the line above; the client goes on trying
  return redis
}
