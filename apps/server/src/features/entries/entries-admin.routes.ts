import { markBaselineSchema, mergeEntrySchema, studentSchema, teamListSchema } from '@taikai/shared/wire/team'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { actorOf } from '../audit/actor.ts'
import { visibleRound } from '../rounds/rounds.service.ts'
import { setBaseline } from './baseline.service.ts'
import { presentTeams } from './entries.presenter.ts'
import type { EntryDeps } from './entries.routes.ts'
import { listEntries } from './entries-admin.repository.ts'
import { addMember, giveOwnEntry, mergeEntries, removeMember } from './entries-admin.service.ts'

const roundParams = z.object({ slug: z.string() })
const entryParams = roundParams.extend({ id: z.uuid() })
const memberParams = entryParams.extend({ userId: z.string() })

/** Teams in the hands of instructors. Each change answers with all teams as they are then. */
export const entryAdminRoutes: FastifyPluginAsyncZod<EntryDeps> = async (app, deps) => {
  const { prisma, now } = deps

  async function show(request: FastifyRequest, slug: string) {
    const round = await visibleRound(prisma, request.viewer, slug, now())
    return presentTeams(round, await listEntries(prisma, round.id))
  }

  app.get(
    '/api/rounds/:slug/entries',
    { config: { access: 'instructor' }, schema: { params: roundParams, response: { 200: teamListSchema } } },
    async (request) => show(request, request.params.slug),
  )

  app.post(
    '/api/rounds/:slug/entries',
    {
      config: { access: 'instructor' },
      schema: { params: roundParams, body: studentSchema, response: { 200: teamListSchema } },
    },
    async (request) => {
      const { slug } = request.params
      await giveOwnEntry(deps, actorOf(request), slug, request.body.email)
      return show(request, slug)
    },
  )

  app.post(
    '/api/rounds/:slug/entries/:id/members',
    {
      config: { access: 'instructor' },
      schema: { params: entryParams, body: studentSchema, response: { 200: teamListSchema } },
    },
    async (request) => {
      const { slug, id } = request.params
      await addMember(deps, actorOf(request), slug, { entryId: id, email: request.body.email })
      return show(request, slug)
    },
  )

  app.delete(
    '/api/rounds/:slug/entries/:id/members/:userId',
    {
      config: { access: 'instructor' },
      schema: { params: memberParams, response: { 200: teamListSchema } },
    },
    async (request) => {
      const { slug, id, userId } = request.params
      await removeMember(deps, actorOf(request), slug, { entryId: id, userId })
      return show(request, slug)
    },
  )

  app.put(
    '/api/rounds/:slug/entries/:id/baseline',
    {
      config: { access: 'instructor' },
      schema: { params: entryParams, body: markBaselineSchema, response: { 200: teamListSchema } },
    },
    async (request) => {
      await setBaseline(deps, actorOf(request), request.params, request.body.baseline)
      return show(request, request.params.slug)
    },
  )

  app.post(
    '/api/rounds/:slug/entries/:id/merge',
    {
      config: { access: 'instructor' },
      schema: { params: entryParams, body: mergeEntrySchema, response: { 200: teamListSchema } },
    },
    async (request) => {
      const { slug, id } = request.params
      await mergeEntries(deps, actorOf(request), slug, { from: id, into: request.body.into })
      return show(request, slug)
    },
  )
}
