import { TaikaiError } from '@taikai/shared/errors'
import { problemSchema } from '@taikai/shared/wire/problem'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'

const okSchema = z.object({ status: z.literal('ok') })

/** `probes` reject while what they ask for cannot be reached. */
export type HealthDeps = { probes: readonly (() => Promise<unknown>)[] }

/** /healthz: the process answers. /readyz: and database, queue and blob store can be reached. */
export const healthRoutes: FastifyPluginAsyncZod<HealthDeps> = async (app, { probes }) => {
  app.get('/healthz', { schema: { response: { 200: okSchema } } }, async () => ({ status: 'ok' as const }))

  app.get(
    '/readyz',
    { schema: { response: { 200: okSchema, '5xx': problemSchema } } },
    async (request): Promise<{ status: 'ok' }> => {
      const results = await Promise.allSettled(probes.map((probe) => probe()))
      const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
      for (const failure of failures) request.log.warn({ err: failure }, 'not ready')
      if (failures.length > 0) throw new TaikaiError('SERVICE_UNAVAILABLE')
      return { status: 'ok' }
    },
  )
}
