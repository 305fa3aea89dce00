import type { IncomingHttpHeaders } from 'node:http'
import { TaikaiError } from '@taikai/shared/errors'
import { APIError } from 'better-auth/api'
import { fromNodeHeaders } from 'better-auth/node'
import type { PrismaClient, User } from '../../generated/prisma/client.ts'
import type { Viewer } from '../../http/viewer.ts'
import { findUser } from './accounts.repository.ts'
import type { Auth } from './auth.ts'
import { findViewedStudent } from './view-as.service.ts'

type Account = Pick<User, 'id' | 'name' | 'email' | 'role'> & { deactivatedAt?: Date | null | undefined }

function viewerOf(user: Account | null, via: Viewer['via']): Viewer | null {
  if (user === null || user.deactivatedAt !== null) return null
  return { id: user.id, name: user.name, email: user.email, role: user.role, via, viewAs: null }
}

/** Who asks by the session cookie, its owner or the student as whom they view the site, and cookies that renew a sliding session. */
export async function viewerBySession(
  deps: { auth: Auth; prisma: PrismaClient; now: () => Date },
  headers: IncomingHttpHeaders,
): Promise<{ viewer: Viewer | null; setCookies: string[] }> {
  // Most visitors carry no cookie: nothing to look up.
  if (headers.cookie === undefined) return { viewer: null, setCookies: [] }
  const session = await deps.auth.api.getSession({ headers: fromNodeHeaders(headers), returnHeaders: true })
  const setCookies = session.headers.getSetCookie()
  if (session.response === null) return { viewer: null, setCookies }
  // Read with the session just now: better-auth keeps neither.
  const { user, session: row } = session.response
  const owner = viewerOf(user, 'session')
  if (owner?.role !== 'INSTRUCTOR') return { viewer: owner, setCookies }
  const viewed = await findViewedStudent(deps, row.id, owner)
  if (viewed === null) return { viewer: owner, setCookies }
  const viewAs = { instructorId: owner.id, instructorName: owner.name, until: viewed.until }
  return { viewer: { ...owner, ...viewed.student, viewAs }, setCookies }
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

/** Opens a session, and gives whose it is and its cookies. Throws SIGN_IN_FAILED, the same for a wrong password and an unknown address. */
export async function signIn(
  auth: Auth,
  credentials: { email: string; password: string },
  headers: IncomingHttpHeaders,
): Promise<{ userId: string; setCookies: string[] }> {
  try {
    const result = await auth.api.signInEmail({
      body: { ...credentials, rememberMe: true },
      headers: fromNodeHeaders(headers),
      returnHeaders: true,
    })
    return { userId: result.response.user.id, setCookies: result.headers.getSetCookie() }
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) throw new TaikaiError('SIGN_IN_FAILED')
    throw error
  }
}

/** The session of the cookie, null without one. */
export async function findSessionId(auth: Auth, headers: IncomingHttpHeaders): Promise<string | null> {
  const found = await auth.api.getSession({ headers: fromNodeHeaders(headers) })
  return found?.session.id ?? null
}

/** Ends the session of the cookie, and gives the cookies that take it away in the browser. */
export async function signOut(auth: Auth, headers: IncomingHttpHeaders): Promise<{ setCookies: string[] }> {
  const result = await auth.api.signOut({ headers: fromNodeHeaders(headers), returnHeaders: true })
  return { setCookies: result.headers.getSetCookie() }
}
