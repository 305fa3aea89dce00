import { TaikaiError } from '@taikai/shared/errors'
import type { PersonLink, UsePasswordLink } from '@taikai/shared/wire/person'
import { hashPassword } from 'better-auth/crypto'
import type { PrismaClient, User } from '../../generated/prisma/client.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'
import { hashToken, newToken } from '../accounts/one-time-token.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import { accountTopic } from '../events/events.policy.ts'
import {
  findGoodLink,
  insertLinks,
  lockPeopleForLinks,
  renameUser,
  setPassword,
  takeLink,
  voidLinks,
} from './password-links.repository.ts'
import { endAccess } from './people.repository.ts'

const dayMs = 24 * 3600_000
/** A printed invitation lies about for weeks; a reset is asked for by somebody who waits. */
const goodForMs = { INVITATION: 60 * dayMs, RESET: 3 * dayMs } as const
const createTimeoutMs = 60_000

/**
 * Makes one-time links by which these people set a password, an invitation for who has none yet. Links that they had are void. The
 * tokens are in the answer and nowhere else. Throws NOT_FOUND (one of the people), PERSON_DEACTIVATED.
 */
export async function createLinks(
  prisma: PrismaClient,
  actor: Actor & { id: string },
  ids: readonly string[],
  now: Date,
): Promise<PersonLink[]> {
  const wanted = [...new Set(ids)]
  return prisma.$transaction(
    async (tx) => {
      const people = await lockPeopleForLinks(tx, wanted)
      if (people.length < wanted.length) throw new TaikaiError('NOT_FOUND')
      if (people.some(({ deactivatedAt }) => deactivatedAt !== null)) {
        throw new TaikaiError('PERSON_DEACTIVATED')
      }
      const links = people.map(({ id, name, email, studentNumber, accounts }) => {
        const purpose = accounts.length === 0 ? 'INVITATION' : 'RESET'
        const expiresAt = new Date(now.getTime() + goodForMs[purpose])
        return { id, name, email, studentNumber, purpose, expiresAt, token: newToken() } as const
      })
      await voidLinks(tx, wanted, now)
      await insertLinks(
        tx,
        links.map(({ id, purpose, expiresAt, token }) => ({
          ...{ userId: id, purpose, expiresAt, createdById: actor.id },
          tokenHash: hashToken(token),
        })),
      )
      await recordAudit(tx, {
        actor,
        action: 'account.create-links',
        subjectType: 'user',
        subjectId: wanted.length === 1 ? (wanted[0] ?? '') : 'several',
        after: { people: links.map(({ id, purpose }) => ({ id, purpose })) },
      })
      await notify(tx, { topic: 'people' })
      return links.map((link) => ({ ...link, expiresAt: link.expiresAt.toISOString() }))
    },
    { timeout: createTimeoutMs },
  )
}

/** Whose link it is. Throws PASSWORD_LINK_INVALID. */
export async function requireGoodLink(db: Db, token: string, now: Date) {
  const link = await findGoodLink(db, hashToken(token), now)
  if (link === null) throw new TaikaiError('PASSWORD_LINK_INVALID')
  return link
}

/**
 * Sets the password of the person whose link it is; all their sessions end, and the link with them. Who was invited may correct the
 * name that the roster gave them. Throws PASSWORD_LINK_INVALID.
 */
export async function consumeLink(
  prisma: PrismaClient,
  { token, name, password }: UsePasswordLink,
  request: { ipAddress: string; now: Date },
): Promise<User> {
  const { now, ipAddress } = request
  await requireGoodLink(prisma, token, now)
  // Slow on purpose, hence not within the transaction, and only for a link that is good.
  const passwordHash = await hashPassword(password)
  return prisma.$transaction(async (tx) => {
    const { id, user, purpose } = await requireGoodLink(tx, token, now)
    if (!(await takeLink(tx, id, now))) throw new TaikaiError('PASSWORD_LINK_INVALID')
    await setPassword(tx, user.id, passwordHash)
    if (purpose === 'INVITATION') await renameUser(tx, user.id, name)
    await endAccess(tx, user.id, { keys: false })
    const action = purpose === 'INVITATION' ? 'account.accept-invitation' : 'account.reset-password'
    const subject = { subjectType: 'user', subjectId: user.id } as const
    await recordAudit(tx, { actor: { id: user.id, ipAddress }, action, ...subject })
    await notify(tx, { topic: accountTopic(user.id) })
    await notify(tx, { topic: 'people' })
    return user
  })
}
