import { TaikaiError } from '@taikai/shared/errors'
import {
  joinCodeResponseSchema,
  meResponseSchema,
  registerResponseSchema,
  registerSchema,
  setupSchema,
  signInSchema,
} from '@taikai/shared/wire/account'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Viewer } from '../../http/viewer.ts'
import { notify } from '../../platform/events.ts'
import { actorOf } from '../audit/actor.ts'
import { recordAudit } from '../audit/audit.repository.ts'
import { assertMayJoin } from '../entries/entries.policy.ts'
import { accountTopic } from '../events/events.policy.ts'
import { findRoundByJoinCode } from '../rounds/rounds.repository.ts'
import { registerStudent, setUpInstructor } from './accounts.service.ts'
import { signOut } from './sessions.ts'
import { openSession, type SignInDeps, setCookies } from './sign-ins.ts'

export type AccountDeps = SignInDeps

function presentMe(viewer: Viewer | null) {
  if (viewer === null) return { me: null }
  const { id, name, email, role, viewAs } = viewer
  const shown = viewAs && { instructor: viewAs.instructorName, until: viewAs.until.toISOString() }
  return { me: { id, name, email, role, viewAs: shown } }
}

export const accountRoutes: FastifyPluginAsyncZod<AccountDeps> = async (app, deps) => {
  const { prisma, auth, now } = deps
  app.get(
    '/api/me',
    { config: { access: 'public', apiKey: true }, schema: { response: { 200: meResponseSchema } } },
    async (request) => presentMe(request.viewer),
  )

  app.post(
    '/api/auth/sign-in/email',
    {
      config: { access: 'public', limit: 'sign-in' },
      schema: { body: signInSchema, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await openSession(deps, request.body, request, reply)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/auth/sign-out',
    { config: { access: 'public' }, schema: { response: { 204: z.null() } } },
    async (request, reply) => {
      const session = await signOut(auth, request.headers)
      setCookies(reply, session.setCookies)
      if (request.viewer !== null) {
        const { id } = request.viewer
        const subject = { subjectType: 'user', subjectId: id } as const
        await recordAudit(prisma, { actor: actorOf(request), action: 'account.sign-out', ...subject })
        // Open event streams of this account look again whether they may go on.
        await notify(prisma, { topic: accountTopic(id) })
      }
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/setup',
    {
      config: { access: 'public', limit: 'register' },
      schema: { body: setupSchema, response: { 201: meResponseSchema } },
    },
    async (request, reply) => {
      const user = await setUpInstructor(prisma, request.body, request.ip)
      await openSession(deps, request.body, request, reply)
      return reply.code(201).send(presentMe({ ...user, via: 'session', viewAs: null }))
    },
  )

  app.post(
    '/api/register',
    {
      config: { access: 'public', limit: 'register' },
      schema: { body: registerSchema, response: { 201: registerResponseSchema } },
    },
    async (request, reply) => {
      const registered = await registerStudent(prisma, request.body, now())
      await openSession(deps, request.body, request, reply)
      return reply.code(201).send(registered)
    },
  )

  app.get(
    '/api/join-codes/:code',
    {
      config: { access: 'public', limit: 'register' },
      schema: { params: z.object({ code: z.string() }), response: { 200: joinCodeResponseSchema } },
    },
    async (request) => {
      const round = await findRoundByJoinCode(prisma, request.params.code)
      if (round === null) throw new TaikaiError('JOIN_CODE_UNKNOWN')
      assertMayJoin(round, 'code')
      return { roundSlug: round.slug, roundTitle: round.title }
    },
  )
}
