import { TaikaiError } from '@taikai/shared/errors'
import type { Locale } from '@taikai/shared/locale'
import { errorMessage } from '@taikai/shared/messages/error-message'
import {
  type RosterLine,
  rosterLimits,
  rosterQuerySchema,
  rosterReportSchema,
} from '@taikai/shared/wire/roster'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { actorOf } from '../audit/actor.ts'
import type { RenewStandings } from '../leaderboard/publish.service.ts'
import { importRoster } from './roster.service.ts'
import type { PlannedLine } from './roster-plan.ts'

export type RosterDeps = { prisma: PrismaClient; renewStandings: RenewStandings }

function presentLine(planned: PlannedLine, locale: Locale): RosterLine {
  const { line, name, email, fate, seat, problem } = planned
  return {
    ...{ line, name, email, fate, team: seat },
    problem: problem && { code: problem.code, ...errorMessage(problem.code, problem.params, locale) },
  }
}

/** POST /api/roster: a CSV file of students, as the body. */
export const rosterRoutes: FastifyPluginAsyncZod<RosterDeps> = async (app, deps) => {
  app.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  app.post(
    '/api/roster',
    {
      config: { access: 'instructor' },
      bodyLimit: rosterLimits.bytes,
      schema: { querystring: rosterQuerySchema, response: { 200: rosterReportSchema } },
    },
    async (request) => {
      const { body, query } = request
      if (!Buffer.isBuffer(body)) throw new TaikaiError('ROSTER_EMPTY')
      const input = { bytes: body, dryRun: query.dryRun === 'true', roundSlug: query.round ?? null }
      const { encoding, lines } = await importRoster(deps, actorOf(request), input)
      return { encoding, lines: lines.map((line) => presentLine(line, request.locale)) }
    },
  )
}
