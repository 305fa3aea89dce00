import type { IncomingHttpHeaders } from 'node:http'
import { TaikaiError } from '@taikai/shared/errors'
import { APIError } from 'better-auth/api'
import { fromNodeHeaders } from 'better-auth/node'
import type { PrismaClient, User } from '../../generated/prisma/client.ts'
import type { Viewer } from '../../http/viewer.ts'
import { findUser } from './accounts.repository.ts'
import type { Auth } from './auth.ts'

function viewerOf(user: User | null, via: Viewer['via']): Viewer | null {
  if (user === null || user.deactivatedAt !== null) return null
  return { id: user.id, name: user.name, email: user.email, role: user.role, via }
}

/** The owner of the session cookie, and cookies that renew a session which slides on. */
export async function viewerBySession(
  deps: { auth: Auth; prisma: PrismaClient },
  headers: IncomingHttpHeaders,
): Promise<{ viewer: Viewer | null; setCookies: string[] }> {
  // Most visitors carry no cookie: nothing to look up.
  if (headers.cookie === undefined) return { viewer: null, setCookies: [] }
  const session = await deps.auth.api.getSession({ headers: fromNodeHeaders(headers), returnHeaders: true })
  const setCookies = session.headers.getSetCookie()
  if (session.response === null) return { viewer: null, setCookies }
  return { viewer: viewerOf(await findUser(deps.prisma, session.response.user.id), 'session'), setCookies }
}

/** The owner of an API key; null for a key that is wrong, expired or its owner's who was deactivated. */
export async function viewerByApiKey(
  deps: { auth: Auth; prisma: PrismaClient },
  key: string,
): Promise<Viewer | null> {
  const { valid, key: found } = await deps.auth.api.verifyApiKey({ body: { key } })
  if (!valid || found === null) return null
  return viewerOf(await findUser(deps.prisma, found.referenceId), 'api-key')
}

/** Opens a session and gives its cookies. Throws SIGN_IN_FAILED, the same for a wrong password and an unknown address. */
export async function signIn(
  auth: Auth,
  credentials: { email: string; password: string },
  headers: IncomingHttpHeaders,
): Promise<{ setCookies: string[] }> {
  try {
    const result = await auth.api.signInEmail({
      body: { ...credentials, rememberMe: true },
      headers: fromNodeHeaders(headers),
      returnHeaders: true,
    })
    return { setCookies: result.headers.getSetCookie() }
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) throw new TaikaiError('SIGN_IN_FAILED')
    throw error
  }
}

/** Ends the session of the cookie, and gives the cookies that take it away in the browser. */
export async function signOut(auth: Auth, headers: IncomingHttpHeaders): Promise<{ setCookies: string[] }> {
  const result = await auth.api.signOut({ headers: fromNodeHeaders(headers), returnHeaders: true })
  return { setCookies: result.headers.getSetCookie() }
}
