import { waitingListSchema } from '@taikai/shared/wire/submission'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { signedInViewer } from '../../http/access.ts'
import { listWaiting } from './waits.service.ts'

/** GET /api/me/waiting: what the viewer waits for, so that the pages can tell when a score is there. */
export const waitingRoutes: FastifyPluginAsyncZod<{ prisma: PrismaClient }> = async (app, { prisma }) => {
  app.get(
    '/api/me/waiting',
    { config: { access: 'signed-in' }, schema: { response: { 200: waitingListSchema } } },
    async (request) => listWaiting(prisma, signedInViewer(request).id),
  )
}
