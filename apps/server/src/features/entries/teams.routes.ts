import { entrySchema } from '@taikai/shared/wire/round'
import { inviteSchema } from '@taikai/shared/wire/team'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { signedInViewer } from '../../http/access.ts'
import { visibleRound } from '../rounds/rounds.service.ts'
import { presentInvite } from './entries.presenter.ts'
import type { EntryDeps } from './entries.routes.ts'
import { requireEntryOf, showEntry } from './entries.service.ts'
import { acceptInvite, leaveTeam, renewInvite, requireInvite, withdrawInvite } from './teams.service.ts'

const roundParams = z.object({ slug: z.string() })
const inviteParams = z.object({ code: z.string() })

/** What members do with their team, and what an invitation is good for. */
export const teamRoutes: FastifyPluginAsyncZod<Pick<EntryDeps, 'prisma' | 'now'>> = async (
  app,
  { prisma, now },
) => {
  app.put(
    '/api/rounds/:slug/entry/invite',
    { config: { access: 'signed-in' }, schema: { params: roundParams, response: { 200: entrySchema } } },
    async (request) => {
      const viewer = signedInViewer(request)
      const round = await visibleRound(prisma, viewer, request.params.slug, now())
      await prisma.$transaction((tx) => renewInvite(tx, round, viewer.id, now()))
      return showEntry(prisma, round, await requireEntryOf(prisma, round.id, viewer.id), now())
    },
  )

  app.delete(
    '/api/rounds/:slug/entry/invite',
    { config: { access: 'signed-in' }, schema: { params: roundParams, response: { 200: entrySchema } } },
    async (request) => {
      const viewer = signedInViewer(request)
      const round = await visibleRound(prisma, viewer, request.params.slug, now())
      await prisma.$transaction((tx) => withdrawInvite(tx, round, viewer.id))
      return showEntry(prisma, round, await requireEntryOf(prisma, round.id, viewer.id), now())
    },
  )

  app.post(
    '/api/rounds/:slug/entry/leave',
    { config: { access: 'signed-in' }, schema: { params: roundParams, response: { 200: entrySchema } } },
    async (request) => {
      const viewer = signedInViewer(request)
      const round = await visibleRound(prisma, viewer, request.params.slug, now())
      const entry = await prisma.$transaction((tx) => leaveTeam(tx, round, viewer, now()))
      return showEntry(prisma, round, entry, now())
    },
  )

  app.get(
    '/api/invites/:code',
    {
      config: { access: 'public', limit: 'register' },
      schema: { params: inviteParams, response: { 200: inviteSchema } },
    },
    async (request) => presentInvite(await requireInvite(prisma, request.params.code)),
  )

  app.post(
    '/api/invites/:code/accept',
    {
      config: { access: 'signed-in', limit: 'register' },
      schema: { params: inviteParams, response: { 200: entrySchema } },
    },
    async (request) => {
      const viewer = signedInViewer(request)
      const { round, entry } = await prisma.$transaction((tx) =>
        acceptInvite(tx, request.params.code, viewer, now()),
      )
      return showEntry(prisma, round, entry, now())
    },
  )
}
