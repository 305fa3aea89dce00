import { TaikaiError } from '@taikai/shared/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { recordAudit } from '../audit/audit.repository.ts'
import { findUserByEmail, markSignedIn } from './accounts.repository.ts'
import type { Auth } from './auth.ts'
import { signIn } from './sessions.ts'

export type SignInDeps = { prisma: PrismaClient; auth: Auth; now: () => Date }

export function setCookies(reply: FastifyReply, cookies: readonly string[]): void {
  for (const cookie of cookies) reply.header('set-cookie', cookie)
}

/**
 * Opens a session for the browser that asks, and notes success and failure in the audit log. Of a failure the log says which account
 * was tried, if there is one; what was typed is in no case kept: it may be a password in the wrong field. Throws SIGN_IN_FAILED.
 */
export async function openSession(
  { prisma, auth, now }: SignInDeps,
  credentials: { email: string; password: string },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { headers, ip: ipAddress } = request
  try {
    const session = await signIn(auth, credentials, headers)
    await prisma.$transaction(async (tx) => {
      await markSignedIn(tx, session.userId, now())
      await recordAudit(tx, {
        actor: { id: session.userId, ipAddress },
        action: 'account.sign-in',
        subjectType: 'user',
        subjectId: session.userId,
      })
    })
    setCookies(reply, session.setCookies)
  } catch (error) {
    if (error instanceof TaikaiError && error.code === 'SIGN_IN_FAILED') {
      const user = await findUserByEmail(prisma, credentials.email)
      await recordAudit(prisma, {
        actor: { id: null, ipAddress },
        action: 'account.sign-in-failed',
        subjectType: 'user',
        subjectId: user?.id ?? 'unknown',
      })
    }
    throw error
  }
}
