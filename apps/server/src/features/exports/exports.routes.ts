import { exportQuerySchema, gradeExportQuerySchema } from '@taikai/shared/wire/export'
import { gradeListSchema, gradeQuerySchema, gradeRuleOf } from '@taikai/shared/wire/grades'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Config } from '../../config.ts'
import { signedInViewer } from '../../http/access.ts'
import { binarySchema } from '../../http/binary-response.ts'
import { sendMadeFile } from '../../http/send-file.ts'
import type { BlobStore } from '../../platform/blob-store.ts'
import { actorOf } from '../audit/actor.ts'
import { recordAudit } from '../audit/audit.repository.ts'
import { visibleRound } from '../rounds/rounds.service.ts'
import { findExportedSubmissions, findOutputs } from './exports.repository.ts'
import { finalStandings, type StandingsDeps } from './final-standings.ts'
import { gradesCsv, gradesOf } from './grades.ts'
import { writePredictions } from './predictions-npz.ts'
import { standingsCsv } from './standings-csv.ts'
import { submissionsCsv } from './submissions-csv.ts'

export type ExportDeps = StandingsDeps & { config: Pick<Config, 'dataDir'>; blobs: BlobStore }

const params = z.object({ slug: z.string() })
const access = 'instructor' as const

/** Every number of a round, for instructors: private scores, names and addresses stand in it at any time. */
export const exportRoutes: FastifyPluginAsyncZod<ExportDeps> = async (app, deps) => {
  const { prisma, blobs, config, now } = deps

  app.get(
    '/api/rounds/:slug/exports/standings.csv',
    {
      config: { access },
      schema: { params, querystring: exportQuerySchema, response: { 200: z.string() } },
    },
    async (request, reply) => {
      const { slug } = request.params
      const standings = await finalStandings(deps, signedInViewer(request), slug)
      csvHeaders(reply, `${slug}-final-standings.csv`)
      return standingsCsv(standings, { bom: request.query.bom === 'yes' })
    },
  )

  app.get(
    '/api/rounds/:slug/exports/submissions.csv',
    {
      config: { access },
      schema: { params, querystring: exportQuerySchema, response: { 200: z.string() } },
    },
    async (request, reply) => {
      const { id, slug } = await visibleRound(prisma, request.viewer, request.params.slug, now())
      const submissions = await findExportedSubmissions(prisma, id)
      csvHeaders(reply, `${slug}-submissions.csv`)
      return submissionsCsv(submissions, { bom: request.query.bom === 'yes' })
    },
  )

  app.get(
    '/api/rounds/:slug/exports/predictions.npz',
    { config: { access }, schema: { params, response: { 200: binarySchema } } },
    async (request, reply) => {
      const round = await visibleRound(prisma, request.viewer, request.params.slug, now())
      const outputs = await findOutputs(prisma, round)
      await recordAudit(prisma, {
        actor: actorOf(request),
        // It holds the hidden labels.
        action: 'round.export-predictions',
        subjectType: 'round',
        subjectId: round.slug,
      })
      return sendMadeFile(reply, {
        dataDir: config.dataDir,
        name: `${round.slug}-predictions.npz`,
        mediaType: 'application/octet-stream',
        make: (path) => writePredictions(blobs, round, outputs, path),
      })
    },
  )

  app.get(
    '/api/rounds/:slug/exports/grades',
    {
      config: { access },
      schema: { params, querystring: gradeQuerySchema, response: { 200: gradeListSchema } },
    },
    async (request) => {
      const standings = await finalStandings(deps, signedInViewer(request), request.params.slug)
      return gradesOf(standings, gradeRuleOf(request.query))
    },
  )

  app.get(
    '/api/rounds/:slug/exports/grades.csv',
    {
      config: { access },
      schema: { params, querystring: gradeExportQuerySchema, response: { 200: z.string() } },
    },
    async (request, reply) => {
      const { slug } = request.params
      const { bom, ...query } = request.query
      const standings = await finalStandings(deps, signedInViewer(request), slug)
      csvHeaders(reply, `${slug}-grades.csv`)
      return gradesCsv(gradesOf(standings, gradeRuleOf(query)), { bom: bom === 'yes' })
    },
  )
}

function csvHeaders(reply: FastifyReply, name: string): void {
  reply.type('text/csv; charset=utf-8')
  reply.header('content-disposition', `attachment; filename="${name}"`)
}
