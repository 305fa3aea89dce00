import {
  passwordLinkSchema,
  passwordLinkTokenSchema,
  usePasswordLinkSchema,
} from '@taikai/shared/wire/person'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { openSession, type SignInDeps } from '../accounts/sign-ins.ts'
import { consumeLink, requireGoodLink } from './password-links.service.ts'

const config = { access: 'public', limit: 'register' } as const

/** One-time links as those who got them use them. Tokens travel in bodies: addresses of requests are logged. */
export const passwordLinkRoutes: FastifyPluginAsyncZod<SignInDeps> = async (app, deps) => {
  const { prisma, now } = deps

  app.post(
    '/api/password-links/look-up',
    { config, schema: { body: passwordLinkTokenSchema, response: { 200: passwordLinkSchema } } },
    async (request) => {
      const { user, purpose } = await requireGoodLink(prisma, request.body.token, now())
      return { name: user.name, email: user.email, purpose }
    },
  )

  app.post(
    '/api/password-links/use',
    { config, schema: { body: usePasswordLinkSchema, response: { 204: z.null() } } },
    async (request, reply) => {
      const { body, ip: ipAddress } = request
      const { email } = await consumeLink(prisma, body, { ipAddress, now: now() })
      await openSession(deps, { email, password: body.password }, request, reply)
      return reply.code(204).send(null)
    },
  )
}
