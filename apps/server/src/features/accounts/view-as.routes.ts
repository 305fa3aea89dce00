import { TaikaiError } from '@taikai/shared/errors'
import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { signedInViewer } from '../../http/access.ts'
import type { AccountDeps } from './accounts.routes.ts'
import { beginViewAs, endViewAs } from './view-as.service.ts'

/** An instructor sees the site as a student does. That nothing but GET is answered meanwhile stands in http/access.ts. */
export const viewAsRoutes: FastifyPluginAsyncZod<AccountDeps> = async (app, deps) => {
  const { auth, prisma } = deps

  async function sessionId(request: FastifyRequest): Promise<string> {
    const session = await auth.api.getSession({ headers: fromNodeHeaders(request.headers) })
    if (session === null) throw new TaikaiError('UNAUTHENTICATED')
    return session.session.id
  }

  app.post(
    '/api/people/:id/view-as',
    {
      config: { access: 'instructor' },
      schema: { params: z.object({ id: z.string() }), response: { 204: z.null() } },
    },
    async (request, reply) => {
      const actor = { id: signedInViewer(request).id, ipAddress: request.ip }
      await beginViewAs(deps, actor, await sessionId(request), request.params.id)
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/api/view-as',
    { config: { access: 'signed-in', endsViewAs: true }, schema: { response: { 204: z.null() } } },
    async (request, reply) => {
      const { viewAs } = signedInViewer(request)
      if (viewAs === null) throw new TaikaiError('NOT_FOUND')
      const actor = { id: viewAs.instructorId, ipAddress: request.ip }
      await endViewAs(prisma, actor, await sessionId(request))
      return reply.code(204).send(null)
    },
  )
}
