import { TaikaiError } from '@taikai/shared/errors'
import { changePasswordSchema } from '@taikai/shared/wire/account'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { signedInViewer } from '../../http/access.ts'
import { changePassword } from './own-password.service.ts'
import { findSessionId } from './sessions.ts'
import type { SignInDeps } from './sign-ins.ts'

/** In a browser session only: a key is not worth a password. Who guesses the current one is slowed down as at signing in. */
export const ownPasswordRoutes: FastifyPluginAsyncZod<SignInDeps> = async (app, { prisma, auth, now }) => {
  app.put(
    '/api/me/password',
    {
      config: { access: 'signed-in', limit: 'sign-in' },
      schema: { body: changePasswordSchema, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { body, ip: ipAddress, headers } = request
      const sessionId = await findSessionId(auth, headers)
      if (sessionId === null) throw new TaikaiError('UNAUTHENTICATED')
      const { id } = signedInViewer(request)
      await changePassword(prisma, { id, sessionId }, body, { ipAddress, now: now() })
      return reply.code(204).send(null)
    },
  )
}
