import { TaikaiError } from '@taikai/shared/errors'
import {
  joinCodeResponseSchema,
  meResponseSchema,
  registerResponseSchema,
  registerSchema,
  setupSchema,
  signInSchema,
} from '@taikai/shared/wire/account'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { Viewer } from '../../http/viewer.ts'
import { notify } from '../../platform/events.ts'
import { assertMayJoin } from '../entries/entries.policy.ts'
import { accountTopic } from '../events/events.policy.ts'
import { findRoundByJoinCode } from '../rounds/rounds.repository.ts'
import { registerStudent, setUpInstructor } from './accounts.service.ts'
import type { Auth } from './auth.ts'
import { signIn, signOut } from './sessions.ts'

export type AccountDeps = { prisma: PrismaClient; auth: Auth; now: () => Date }

function setCookies(reply: FastifyReply, cookies: readonly string[]): void {
  for (const cookie of cookies) reply.header('set-cookie', cookie)
}

function presentMe(viewer: Viewer | null) {
  return { me: viewer && { id: viewer.id, name: viewer.name, email: viewer.email, role: viewer.role } }
}

export const accountRoutes: FastifyPluginAsyncZod<AccountDeps> = async (app, { prisma, auth, now }) => {
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
      const session = await signIn(auth, request.body, request.headers)
      setCookies(reply, session.setCookies)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/auth/sign-out',
    { config: { access: 'public' }, schema: { response: { 204: z.null() } } },
    async (request, reply) => {
      const session = await signOut(auth, request.headers)
      setCookies(reply, session.setCookies)
      // Open event streams of this account look again whether they may go on.
      if (request.viewer !== null) await notify(prisma, { topic: accountTopic(request.viewer.id) })
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
      const session = await signIn(auth, request.body, request.headers)
      setCookies(reply, session.setCookies)
      return reply.code(201).send(presentMe({ ...user, via: 'session' }))
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
      const session = await signIn(auth, request.body, request.headers)
      setCookies(reply, session.setCookies)
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
