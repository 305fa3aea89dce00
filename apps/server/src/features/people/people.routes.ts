import {
  changeRoleSchema,
  createLinksSchema,
  peopleQuerySchema,
  peopleSchema,
  personLinksSchema,
  personSchema,
} from '@taikai/shared/wire/person'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { actorOf } from '../audit/actor.ts'
import type { RenewStandings } from '../leaderboard/publish.service.ts'
import { createLinks } from './password-links.service.ts'
import { presentPerson } from './people.presenter.ts'
import { listPeople } from './people.repository.ts'
import {
  changeRole,
  deactivatePerson,
  deletePerson,
  reactivatePerson,
  requirePerson,
} from './people.service.ts'

export type PeopleDeps = { prisma: PrismaClient; renewStandings: RenewStandings; now: () => Date }

const params = z.object({ id: z.string() })
const config = { access: 'instructor' } as const
const onePerson = { params, response: { 200: personSchema } } as const

/** The people of the service in the hands of instructors. A change answers with the person as they are then. */
export const peopleRoutes: FastifyPluginAsyncZod<PeopleDeps> = async (app, deps) => {
  const { prisma, now } = deps
  const show = async (id: string) => presentPerson(await requirePerson(prisma, id), now())

  app.get(
    '/api/people',
    { config, schema: { querystring: peopleQuerySchema, response: { 200: peopleSchema } } },
    async (request) => {
      const { search = '', state = null, limit } = request.query
      const { rows, total } = await listPeople(prisma, { search, state }, limit)
      return { people: rows.map((row) => presentPerson(row, now())), total }
    },
  )

  app.get('/api/people/:id', { config, schema: onePerson }, async (request) => show(request.params.id))

  app.put(
    '/api/people/:id/role',
    { config, schema: { ...onePerson, body: changeRoleSchema } },
    async (request) => {
      await changeRole(deps, actorOf(request), request.params.id, request.body.role)
      return show(request.params.id)
    },
  )

  app.post('/api/people/:id/deactivate', { config, schema: onePerson }, async (request) => {
    await deactivatePerson(deps, actorOf(request), request.params.id)
    return show(request.params.id)
  })

  app.post('/api/people/:id/reactivate', { config, schema: onePerson }, async (request) => {
    await reactivatePerson(deps, actorOf(request), request.params.id)
    return show(request.params.id)
  })

  app.delete(
    '/api/people/:id',
    { config, schema: { params, response: { 204: z.null() } } },
    async (request, reply) => {
      await deletePerson(deps, actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/people/links',
    { config, schema: { body: createLinksSchema, response: { 201: personLinksSchema } } },
    async (request, reply) => {
      const links = await createLinks(prisma, actorOf(request), request.body.ids, now())
      // The only time that the tokens are shown.
      reply.header('cache-control', 'no-store')
      return reply.code(201).send({ links })
    },
  )
}
