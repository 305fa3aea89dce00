import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { type FastifyPluginAsyncZod, jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { isApiRoute } from './access.ts'

/** Collects the routes that are registered after it. */
export async function registerOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Taikai',
        description:
          'Contest service for a deep-learning seminar. Errors are RFC 9457 problem details with a stable `code`.',
        version: '1',
      },
      components: {
        securitySchemes: {
          apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
          session: { type: 'apiKey', in: 'cookie', name: 'taikai.session_token' },
        },
      },
    },
    transform: (input) => {
      const { schema, url } = jsonSchemaTransform(input)
      const config = input.route.config
      const security = [
        ...(config?.access === 'public' ? [{}] : []),
        { session: [] },
        ...(config?.apiKey ? [{ apiKey: [] }] : []),
      ]
      return { url, schema: { ...schema, hide: !isApiRoute(url), security } }
    },
  })
}

/** GET /api/openapi.json */
export const openApiRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/api/openapi.json',
    {
      config: { access: 'public' },
      schema: { response: { 200: z.record(z.string(), z.unknown()) } },
    },
    async () => ({ ...app.swagger() }),
  )
}
