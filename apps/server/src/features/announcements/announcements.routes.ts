import {
  announcementInputSchema,
  announcementListSchema,
  announcementSchema,
} from '@taikai/shared/wire/announcement'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { signedInViewer } from '../../http/access.ts'
import { visibleRound } from '../rounds/rounds.service.ts'
import { presentAnnouncement } from './announcements.presenter.ts'
import { listAnnouncements } from './announcements.repository.ts'
import {
  deleteAnnouncement,
  editAnnouncement,
  postAnnouncement,
  readAnnouncement,
} from './announcements.service.ts'

export type AnnouncementDeps = { prisma: PrismaClient; now: () => Date }

const roundParams = z.object({ slug: z.string() })
const params = z.object({ slug: z.string(), id: z.uuid() })

function actorOf(request: FastifyRequest) {
  return { id: signedInViewer(request).id, ipAddress: request.ip }
}

/** What instructors tell those who may see a round. */
export const announcementRoutes: FastifyPluginAsyncZod<AnnouncementDeps> = async (app, { prisma, now }) => {
  const roundOf = (request: FastifyRequest, slug: string) => visibleRound(prisma, request.viewer, slug, now())

  app.get(
    '/api/rounds/:slug/announcements',
    {
      config: { access: 'public' },
      schema: { params: roundParams, response: { 200: announcementListSchema } },
    },
    async (request) => {
      const { id } = await roundOf(request, request.params.slug)
      const rows = await listAnnouncements(prisma, id, request.viewer?.id ?? null)
      return { announcements: rows.map((row) => presentAnnouncement(row, request.viewer)) }
    },
  )

  app.post(
    '/api/rounds/:slug/announcements',
    {
      config: { access: 'instructor' },
      schema: { params: roundParams, body: announcementInputSchema, response: { 201: announcementSchema } },
    },
    async (request, reply) => {
      const round = await roundOf(request, request.params.slug)
      const by = { actor: actorOf(request), now: now() }
      const row = await postAnnouncement(prisma, round, request.body.body, by)
      return reply.code(201).send(presentAnnouncement(row, request.viewer))
    },
  )

  app.patch(
    '/api/rounds/:slug/announcements/:id',
    {
      config: { access: 'instructor' },
      schema: { params, body: announcementInputSchema, response: { 200: announcementSchema } },
    },
    async (request) => {
      const round = await roundOf(request, request.params.slug)
      const by = { actor: actorOf(request), now: now() }
      const row = await editAnnouncement(prisma, round, request.params.id, request.body.body, by)
      return presentAnnouncement(row, request.viewer)
    },
  )

  app.delete(
    '/api/rounds/:slug/announcements/:id',
    { config: { access: 'instructor' }, schema: { params, response: { 204: z.null() } } },
    async (request, reply) => {
      const round = await roundOf(request, request.params.slug)
      await deleteAnnouncement(prisma, round, request.params.id, actorOf(request))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/rounds/:slug/announcements/:id/read',
    { config: { access: 'signed-in' }, schema: { params, response: { 204: z.null() } } },
    async (request, reply) => {
      const round = await roundOf(request, request.params.slug)
      await readAnnouncement(prisma, round, request.params.id, signedInViewer(request).id)
      return reply.code(204).send(null)
    },
  )
}
