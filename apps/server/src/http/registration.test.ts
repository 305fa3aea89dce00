import Fastify, { type FastifyReply } from 'fastify'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { registerAccess } from './access.ts'
import { registerSchemas } from './schemas.ts'

function bareApp() {
  const app = Fastify()
  registerSchemas(app)
  registerAccess(app, {
    publicUrl: null,
    now: () => new Date(),
    viewerBySession: async () => ({ viewer: null, setCookies: [] }),
    viewerByApiKey: async () => null,
  })
  return app
}
const schema = { response: { 200: z.object({ shown: z.string() }) } }
const config = { access: 'public' } as const
const handler = async () => ({ shown: 'yes', hidden: 'secret' })

it('refuses a route that does not say who may call it', () => {
  expect(() => bareApp().get('/api/open-door', { schema }, handler)).toThrow('declares no config.access')
})

it('refuses a route without a response schema', () => {
  expect(() => bareApp().get('/api/anything', { config }, handler)).toThrow('declares no response schema')
})

it('lets out only what the response schema has', async () => {
  const app = bareApp()
  app.get('/api/thing', { config, schema }, handler)
  expect((await app.inject('/api/thing')).json()).toEqual({ shown: 'yes' })
})

it('lets nothing out with a status that has no schema', async () => {
  const app = bareApp()
  app.route({
    method: 'GET',
    url: '/api/thing',
    config,
    schema,
    handler: async (_request, reply: FastifyReply) => reply.code(202).send({ hidden: 'secret' }),
  })
  const response = await app.inject('/api/thing')
  expect(response.statusCode).toBe(500)
  expect(response.body).not.toContain('secret')
})
