import {
  bulkActionSchema,
  bulkResultSchema,
  tableQuerySchema,
  tableSchema,
} from '@taikai/shared/wire/submission-table'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { actorOf } from '../audit/actor.ts'
import { type BulkDeps, runBulkAction } from './bulk.service.ts'
import { presentTableRow } from './table.presenter.ts'
import { countTableRows, findTableRows } from './table.repository.ts'

const config = { access: 'instructor' } as const

/** The submissions of all rounds in one table, and what is done with many of them at once. For instructors. */
export const submissionTableRoutes: FastifyPluginAsyncZod<BulkDeps> = async (app, deps) => {
  app.get(
    '/api/submissions',
    { config, schema: { querystring: tableQuerySchema, response: { 200: tableSchema } } },
    async ({ query }) => {
      const [total, rows] = await Promise.all([
        countTableRows(deps.prisma, query),
        findTableRows(deps.prisma, query),
      ])
      return { total, rows: rows.map(presentTableRow) }
    },
  )

  app.post(
    '/api/submissions/actions',
    { config, schema: { body: bulkActionSchema, response: { 200: bulkResultSchema } } },
    async (request) => runBulkAction(deps, actorOf(request), request.body),
  )
}
