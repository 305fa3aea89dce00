import { TaikaiError } from '@taikai/shared/errors'
import { entrySchema, joinRoundSchema, updateEntrySchema } from '@taikai/shared/wire/round'
import { disqualifySchema } from '@taikai/shared/wire/submission'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { signedInViewer } from '../../http/access.ts'
import { actorOf } from '../audit/actor.ts'
import type { RenewStandings } from '../leaderboard/publish.service.ts'
import type { QuotaRules } from '../quota/quota.policy.ts'
import { quotaOf } from '../quota/quota.service.ts'
import { findRoundByJoinCode } from '../rounds/rounds.repository.ts'
import { visibleRound } from '../rounds/rounds.service.ts'
import { presentDisqualification } from '../submissions/submissions.presenter.ts'
import { type EntryWithMembers, findEntryOf } from './entries.repository.ts'
import { joinRound, renameEntry, setEntryDisqualified } from './entries.service.ts'

export type EntryDeps = { prisma: PrismaClient; renewStandings: RenewStandings; now: () => Date }

const params = z.object({ slug: z.string() })
const entryParams = params.extend({ id: z.uuid() })

export const entryRoutes: FastifyPluginAsyncZod<EntryDeps> = async (app, deps) => {
  const { prisma, now } = deps

  async function presentEntry(entry: EntryWithMembers, round: QuotaRules) {
    const { id, name, members } = entry
    const quota = await quotaOf(prisma, round, id, now())
    const disqualified = presentDisqualification(entry)
    return { id, name, members: members.map(({ user }) => user), disqualified, quota }
  }

  app.post(
    '/api/rounds/:slug/join',
    {
      config: { access: 'signed-in', limit: 'register' },
      schema: { params, body: joinRoundSchema, response: { 200: entrySchema } },
    },
    async (request) => {
      const viewer = signedInViewer(request)
      const round = await findRoundByJoinCode(prisma, request.body.joinCode)
      // A wrong address is answered like a wrong code: which rounds there are is not told.
      if (round?.slug !== request.params.slug) throw new TaikaiError('JOIN_CODE_UNKNOWN')
      const entry = await prisma.$transaction((tx) => joinRound(tx, round, viewer))
      return presentEntry(entry, round)
    },
  )

  app.get(
    '/api/rounds/:slug/entry',
    { config: { access: 'signed-in' }, schema: { params, response: { 200: entrySchema } } },
    async (request) => {
      const viewer = signedInViewer(request)
      const round = await visibleRound(prisma, viewer, request.params.slug, now())
      const entry = await findEntryOf(prisma, round.id, viewer.id)
      if (entry === null) throw new TaikaiError('ROUND_NOT_JOINED')
      return presentEntry(entry, round)
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
      const entry = await prisma.$transaction((tx) => renameEntry(tx, round, viewer.id, request.body.name))
      return presentEntry(entry, round)
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
      return presentEntry(await setEntryDisqualified(deps, actorOf(request), request.params, at), round)
    },
  )

  app.delete(
    disqualification,
    { config: { access: 'instructor' }, schema: { params: entryParams, response: { 200: entrySchema } } },
    async (request) => {
      const round = await visibleRound(prisma, request.viewer, request.params.slug, now())
      return presentEntry(await setEntryDisqualified(deps, actorOf(request), request.params, null), round)
    },
  )
}
