import { randomUUID } from 'node:crypto'
import { Prisma, type User } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

export type NewAccount = {
  email: string
  name: string
  role: User['role']
  /** In better-auth's own format. */
  passwordHash: string
}

/** Inserts a user with a password; null where the e-mail address is taken. `email` in lower case. */
export async function insertAccount(db: Db, account: NewAccount): Promise<User | null> {
  const id = randomUUID()
  const { passwordHash, ...user } = account
  try {
    return await db.user.create({
      data: {
        ...user,
        id,
        accounts: {
          create: { id: randomUUID(), accountId: id, providerId: 'credential', password: passwordHash },
        },
      },
    })
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return null
    throw error
  }
}

export function findUser(db: Db, id: string): Promise<User | null> {
  return db.user.findUnique({ where: { id } })
}

/** `email` in any case of letters. */
export function findUserByEmail(db: Db, email: string): Promise<User | null> {
  return db.user.findUnique({ where: { email: email.toLowerCase() } })
}

export async function markSignedIn(db: Db, id: string, at: Date): Promise<void> {
  await db.user.update({ where: { id }, data: { lastSignInAt: at } })
}

export async function findPasswordHash(db: Db, userId: string): Promise<string | null> {
  const credential = { providerId: 'credential', accountId: userId }
  const account = await db.account.findUnique({ where: { providerId_accountId: credential } })
  return account?.password ?? null
}

/** Replaces one password by another; false where it is another by now, or the account is gone. */
export async function replacePassword(
  tx: Db,
  userId: string,
  hashes: { from: string; to: string },
): Promise<boolean> {
  const { count } = await tx.account.updateMany({
    where: { providerId: 'credential', accountId: userId, password: hashes.from },
    data: { password: hashes.to },
  })
  return count === 1
}

/** Ends an account's sessions but this one. */
export async function endOtherSessions(tx: Db, userId: string, kept: string): Promise<void> {
  await tx.session.deleteMany({ where: { userId, id: { not: kept } } })
}

export async function hasInstructor(db: Db): Promise<boolean> {
  return (await db.user.findFirst({ where: { role: 'INSTRUCTOR' }, select: { id: true } })) !== null
}

/** Makes this the only set-up token that is good. */
export async function replaceSetupTokens(db: Db, tokenHash: string | null): Promise<void> {
  await db.setupToken.deleteMany({})
  if (tokenHash !== null) await db.setupToken.create({ data: { tokenHash } })
}

/** Takes a set-up token away; false where there is none such. Two requests at once: one of them gets true. */
export async function takeSetupToken(db: Db, tokenHash: string): Promise<boolean> {
  const { count } = await db.setupToken.deleteMany({ where: { tokenHash } })
  return count === 1
}
