import { comparisonSchema } from '@taikai/shared/wire/comparison'
import { receiptSchema } from '@taikai/shared/wire/receipt'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { signedInViewer } from '../../http/access.ts'
import { compareSubmissions, getReceipt } from './results.service.ts'

const params = z.object({ id: z.uuid() })
const config = { access: 'signed-in', apiKey: true } as const

/** What came of a submission's scoring, beyond the submission itself. For its entry's members and instructors. */
export const resultRoutes: FastifyPluginAsyncZod<{ prisma: PrismaClient }> = async (app, { prisma }) => {
  app.get(
    '/api/submissions/:id/receipt',
    { config, schema: { params, response: { 200: receiptSchema } } },
    async (request, reply) => {
      const { id } = request.params
      const receipt = await getReceipt(prisma, { id, viewer: signedInViewer(request) })
      reply.header('content-disposition', `attachment; filename="receipt-${id}.json"`)
      return receipt
    },
  )

  app.get(
    '/api/submissions/:id/compare/:other',
    { config, schema: { params: params.extend({ other: z.uuid() }), response: { 200: comparisonSchema } } },
    async (request) => {
      const { id, other } = request.params
      return compareSubmissions(prisma, { id, otherId: other, viewer: signedInViewer(request) })
    },
  )
}
