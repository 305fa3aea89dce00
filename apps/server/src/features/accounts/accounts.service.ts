import { TaikaiError } from '@taikai/shared/errors'
import type { AuditAction } from '@taikai/shared/messages/audit-action'
import { emailSchema, passwordSchema, type Register, type Setup } from '@taikai/shared/wire/account'
import { hashPassword } from 'better-auth/crypto'
import type { Config } from '../../config.ts'
import type { PrismaClient, User } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import { joinRound } from '../entries/entries.service.ts'
import { acceptInvite } from '../entries/teams.service.ts'
import { findRoundByJoinCode } from '../rounds/rounds.repository.ts'
import { isRegistrationOpen } from '../rounds/rounds.service.ts'
import {
  hasInstructor,
  insertAccount,
  type NewAccount,
  replaceSetupTokens,
  takeSetupToken,
} from './accounts.repository.ts'
import { hashToken, newToken } from './one-time-token.ts'

type AccountInput = { email: string; name: string; password: string; role: User['role'] }

/** Makes an account that can sign in. Throws EMAIL_TAKEN. */
export async function createAccount(db: Db, input: AccountInput): Promise<User> {
  const { password, ...rest } = input
  return insertHashed(db, { ...rest, passwordHash: await hashPassword(password) })
}

async function insertHashed(db: Db, account: NewAccount): Promise<User> {
  // better-auth looks addresses up in lower case.
  const user = await insertAccount(db, { ...account, email: account.email.toLowerCase() })
  if (user === null) throw new TaikaiError('EMAIL_TAKEN')
  return user
}

/**
 * While there is no instructor: makes one from the configured e-mail address and password, or else a new one-time
 * set-up token for the link that the start prints. Tokens of earlier starts are no longer good.
 */
export async function ensureFirstInstructor(deps: {
  prisma: PrismaClient
  config: Pick<Config, 'adminEmail' | 'adminPassword'>
}): Promise<{ setupToken: string | null }> {
  const { adminEmail, adminPassword } = deps.config
  return deps.prisma.$transaction(async (tx) => {
    if (await hasInstructor(tx)) {
      await replaceSetupTokens(tx, null)
      return { setupToken: null }
    }
    if (adminEmail !== null && adminPassword !== null) {
      const input = {
        email: emailSchema.parse(adminEmail),
        password: passwordSchema.parse(adminPassword),
        name: adminEmail.slice(0, adminEmail.indexOf('@')),
        role: 'INSTRUCTOR',
      } as const
      const user = await createAccount(tx, input)
      await recordAccount(tx, { id: null, ipAddress: null }, user, 'account.create')
      await replaceSetupTokens(tx, null)
      return { setupToken: null }
    }
    const setupToken = newToken()
    await replaceSetupTokens(tx, hashToken(setupToken))
    return { setupToken }
  })
}

/** Makes the first instructor with the one-time link. Throws SETUP_LINK_INVALID, EMAIL_TAKEN (which leaves the link good). */
export async function setUpInstructor(prisma: PrismaClient, input: Setup, ipAddress: string): Promise<User> {
  return prisma.$transaction(async (tx) => {
    if (!(await takeSetupToken(tx, hashToken(input.token)))) throw new TaikaiError('SETUP_LINK_INVALID')
    const { name, email, password } = input
    const user = await createAccount(tx, { name, email, password, role: 'INSTRUCTOR' })
    await recordAccount(tx, { id: user.id, ipAddress }, user, 'account.setup')
    return user
  })
}

/**
 * Makes a student's account with a round's join code or a team's invitation, and joins that; with neither where registration is
 * open, and joins nothing. Nothing is made where joining is refused.
 * Throws EMAIL_TAKEN, REGISTRATION_CLOSED, and what `joinRound` and `acceptInvite` throw.
 */
export async function registerStudent(
  prisma: PrismaClient,
  input: Register,
  now: Date,
): Promise<{ roundSlug: string | null }> {
  const { name, email, joinCode, inviteCode } = input
  // Slow on purpose, hence not within the transaction.
  const passwordHash = await hashPassword(input.password)
  return prisma.$transaction(async (tx) => {
    const newAccount = () => insertHashed(tx, { name, email, passwordHash, role: 'STUDENT' })
    if (inviteCode !== undefined) {
      const { round } = await acceptInvite(tx, inviteCode, await newAccount(), now)
      return { roundSlug: round.slug }
    }
    if (joinCode !== undefined) {
      const round = await findRoundByJoinCode(tx, joinCode)
      if (round === null) throw new TaikaiError('JOIN_CODE_UNKNOWN')
      await joinRound(tx, round, await newAccount(), 'code')
      return { roundSlug: round.slug }
    }
    if (!(await isRegistrationOpen(tx, now))) throw new TaikaiError('REGISTRATION_CLOSED')
    await newAccount()
    return { roundSlug: null }
  })
}

/** Notes in the audit log that an account was made. */
export async function recordAccount(db: Db, actor: Actor, user: User, action: AuditAction): Promise<void> {
  const after = { email: user.email, name: user.name, role: user.role }
  await recordAudit(db, { actor, action, subjectType: 'user', subjectId: user.id, after })
}
