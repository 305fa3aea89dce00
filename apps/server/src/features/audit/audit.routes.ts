import { auditFilterSchema, auditPageSchema, auditQuerySchema } from '@taikai/shared/wire/audit'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { auditLogCsv, readAuditLog } from './audit-log.service.ts'

const config = { access: 'instructor' } as const

/** Who did what. For instructors, who can read it and change nothing. */
export const auditRoutes: FastifyPluginAsyncZod<{ prisma: PrismaClient }> = async (app, { prisma }) => {
  app.get(
    '/api/audit',
    { config, schema: { querystring: auditQuerySchema, response: { 200: auditPageSchema } } },
    async (request) => readAuditLog(prisma, request.query),
  )

  app.get(
    '/api/audit.csv',
    { config, schema: { querystring: auditFilterSchema, response: { 200: z.string() } } },
    async (request, reply) => {
      reply.type('text/csv; charset=utf-8')
      reply.header('content-disposition', 'attachment; filename="audit.csv"')
      return auditLogCsv(prisma, request.query, request.locale)
    },
  )
}
