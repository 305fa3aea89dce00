import { TaikaiError } from '@taikai/shared/errors'
import { apiKeyListSchema, createApiKeySchema, createdApiKeySchema } from '@taikai/shared/wire/account'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Apikey, PrismaClient } from '../../generated/prisma/client.ts'
import { signedInViewer } from '../../http/access.ts'
import type { Auth } from './auth.ts'

export type ApiKeyDeps = { prisma: PrismaClient; auth: Auth }

const daySeconds = 24 * 3600

type PresentedFields = Pick<Apikey, 'id' | 'name' | 'start' | 'createdAt' | 'expiresAt' | 'lastRequest'>

function presentApiKey(key: PresentedFields) {
  return {
    id: key.id,
    name: key.name ?? '',
    start: key.start ?? '',
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastRequest?.toISOString() ?? null,
  }
}

/** Keys for scripts. Made, listed and deleted in a browser session only: no key can make another. */
export const apiKeyRoutes: FastifyPluginAsyncZod<ApiKeyDeps> = async (app, { prisma, auth }) => {
  app.get(
    '/api/me/api-keys',
    { config: { access: 'signed-in' }, schema: { response: { 200: apiKeyListSchema } } },
    async (request) => {
      const keys = await prisma.apikey.findMany({
        where: { referenceId: signedInViewer(request).id },
        orderBy: { createdAt: 'desc' },
      })
      return { apiKeys: keys.map(presentApiKey) }
    },
  )

  app.post(
    '/api/me/api-keys',
    {
      config: { access: 'signed-in' },
      schema: { body: createApiKeySchema, response: { 201: createdApiKeySchema } },
    },
    async (request, reply) => {
      const { name, expiresInDays } = request.body
      const userId = signedInViewer(request).id
      const created = await auth.api.createApiKey({
        body: { name, userId, expiresIn: expiresInDays * daySeconds },
      })
      // The only time that the key itself is shown.
      reply.header('cache-control', 'no-store')
      return reply.code(201).send({ apiKey: presentApiKey(created), key: created.key })
    },
  )

  app.delete(
    '/api/me/api-keys/:id',
    {
      config: { access: 'signed-in' },
      schema: { params: z.object({ id: z.string() }), response: { 204: z.null() } },
    },
    async (request, reply) => {
      const owned = { id: request.params.id, referenceId: signedInViewer(request).id }
      const { count } = await prisma.apikey.deleteMany({ where: owned })
      if (count === 0) throw new TaikaiError('NOT_FOUND')
      return reply.code(204).send(null)
    },
  )
}
