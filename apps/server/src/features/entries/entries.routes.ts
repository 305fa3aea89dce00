import { TaikaiError } from '@taikai/shared/errors'
import { entrySchema, joinRoundSchema, updateEntrySchema } from '@taikai/shared/wire/round'
import { disqualifySchema } from '@taikai/shared/wire/submission'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { signedInViewer } from '../../http/access.ts'
import type { Viewer } from '../../http/viewer.ts'
import { actorOf } from '../audit/actor.ts'
import type { RenewStandings } from '../leaderboard/publish.service.ts'
import { findRoundByJoinCode, type RoundRow } from '../rounds/rounds.repository.ts'
import { visibleRound } from '../rounds/rounds.service.ts'
import { joinRound, renameEntry, requireEntryOf, setEntryDisqualified, showEntry } from './entries.service.ts'

export type EntryDeps = { prisma: PrismaClient; renewStandings: RenewStandings; now: () => Date }

const params = z.object({ slug: z.string() })
const entryParams = params.extend({ id: z.uuid() })

export const entryRoutes: FastifyPluginAsyncZod<EntryDeps> = async (app, deps) => {
  const { prisma, now } = deps

  /** The round that somebody wants to join. Throws JOIN_CODE_UNKNOWN, or NOT_FOUND where no code is given and the round is hidden. */
  async function roundToJoin(viewer: Viewer, slug: string, joinCode: string | undefined): Promise<RoundRow> {
    if (joinCode === undefined) return visibleRound(prisma, viewer, slug, now())
    const round = await findRoundByJoinCode(prisma, joinCode)
    // A wrong address is answered like a wrong code: which rounds there are is not told.
    if (round?.slug !== slug) throw new TaikaiError('JOIN_CODE_UNKNOWN')
    return round
  }

  app.post(
    '/api/rounds/:slug/join',
    {
      config: { access: 'signed-in', limit: 'register' },
      schema: { params, body: joinRoundSchema, response: { 200: entrySchema } },
    },
    async (request) => {
      const viewer = signedInViewer(request)
      const { joinCode } = request.body
      const round = await roundToJoin(viewer, request.params.slug, joinCode)
      const proof = joinCode === undefined ? 'account' : 'code'
      const entry = await prisma.$transaction((tx) => joinRound(tx, round, viewer, proof))
      return showEntry(prisma, round, entry, now())
    },
  )

  app.get(
    '/api/rounds/:slug/entry',
    { config: { access: 'signed-in' }, schema: { params, response: { 200: entrySchema } } },
    async (request) => {
      const viewer = signedInViewer(request)
      const round = await visibleRound(prisma, viewer, request.params.slug, now())
      return showEntry(prisma, round, await requireEntryOf(prisma, round.id, viewer.id), now())
    },
  )

  app.put(
    '/api/rounds/:slug/entry',
    {
      config: { access: 'signed-in' },
      schema: { params, body: updateEntrySchema, response: { 200: entrySchema } },
    },
    async (request) => {
      const viewer = signedInViewer(request)
      const round = await visibleRound(prisma, viewer, request.params.slug, now())
      const entry = await prisma.$transaction((tx) =>
        renameEntry(tx, round, viewer.id, request.body.name, now()),
      )
      return showEntry(prisma, round, entry, now())
    },
  )

  const disqualification = '/api/rounds/:slug/entries/:id/disqualification'

  app.post(
    disqualification,
    {
      config: { access: 'instructor' },
      schema: { params: entryParams, body: disqualifySchema, response: { 200: entrySchema } },
    },
    async (request) => {
      const { reason } = request.body
      const round = await visibleRound(prisma, request.viewer, request.params.slug, now())
      const at = { at: now(), reason }
      const entry = await setEntryDisqualified(deps, actorOf(request), request.params, at)
      return showEntry(prisma, round, entry, now())
    },
  )

  app.delete(
    disqualification,
    { config: { access: 'instructor' }, schema: { params: entryParams, response: { 200: entrySchema } } },
    async (request) => {
      const round = await visibleRound(prisma, request.viewer, request.params.slug, now())
      const entry = await setEntryDisqualified(deps, actorOf(request), request.params, null)
      return showEntry(prisma, round, entry, now())
    },
  )
}
