import {
  changeRoleSchema,
  createLinksSchema,
  peopleQuerySchema,
  peopleSchema,
  personLinksSchema,
  personSchema,
} from '@taikai/shared/wire/person'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { signedInViewer } from '../../http/access.ts'
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

function instructorOf(request: FastifyRequest) {
  return { id: signedInViewer(request).id, ipAddress: request.ip }
}

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
      await changeRole(deps, instructorOf(request), request.params.id, request.body.role)
      return show(request.params.id)
    },
  )

  app.post('/api/people/:id/deactivate', { config, schema: onePerson }, async (request) => {
    await deactivatePerson(deps, instructorOf(request), request.params.id)
    return show(request.params.id)
  })

  app.post('/api/people/:id/reactivate', { config, schema: onePerson }, async (request) => {
    await reactivatePerson(deps, instructorOf(request), request.params.id)
    return show(request.params.id)
  })

  app.delete(
    '/api/people/:id',
    { config, schema: { params, response: { 204: z.null() } } },
    async (request, reply) => {
      await deletePerson(deps, instructorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/people/links',
    { config, schema: { body: createLinksSchema, response: { 201: personLinksSchema } } },
    async (request, reply) => {
      const links = await createLinks(prisma, instructorOf(request), request.body.ids, now())
      // The only time that the tokens are shown.
      reply.header('cache-control', 'no-store')
      return reply.code(201).send({ links })
    },
  )
}
