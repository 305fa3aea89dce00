import { randomUUID } from 'node:crypto'
import type { PasswordLink, Prisma, User } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

/** The links of these people that were not used are good no longer. */
export async function voidLinks(tx: Db, userIds: string[], at: Date): Promise<void> {
  await tx.passwordLink.updateMany({
    where: { userId: { in: userIds }, usedAt: null, voidedAt: null },
    data: { voidedAt: at },
  })
}

export async function insertLinks(
  tx: Db,
  links: readonly Omit<Prisma.PasswordLinkCreateManyInput, 'id'>[],
): Promise<void> {
  await tx.passwordLink.createMany({ data: [...links] })
}

/** Locks people against having links made for them, and gives them, with whether they have a password, in order of number and name. */
export async function lockPeopleForLinks(
  tx: Db,
  ids: string[],
): Promise<(User & { accounts: { id: string }[] })[]> {
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ANY(${ids}) ORDER BY "id" FOR UPDATE`
  return tx.user.findMany({
    where: { id: { in: ids }, deletedAt: null },
    include: { accounts: { where: { providerId: 'credential' }, select: { id: true } } },
    orderBy: [{ studentNumber: { sort: 'asc', nulls: 'last' } }, { name: 'asc' }],
  })
}

/** A link that can be used at `now`, and whose it is; null for what is used, void, expired or unknown. */
export function findGoodLink(
  db: Db,
  tokenHash: string,
  now: Date,
): Promise<(PasswordLink & { user: User }) | null> {
  return db.passwordLink.findUnique({
    where: {
      tokenHash,
      usedAt: null,
      voidedAt: null,
      expiresAt: { gt: now },
      user: { deactivatedAt: null },
    },
    include: { user: true },
  })
}

/** Takes a link as used; false where another request has been quicker. */
export async function takeLink(tx: Db, id: string, at: Date): Promise<boolean> {
  const open = { id, usedAt: null, voidedAt: null }
  const { count } = await tx.passwordLink.updateMany({ where: open, data: { usedAt: at } })
  return count === 1
}

/** Gives an account a password, in place of the one that it had. `passwordHash` in better-auth's own format. */
export async function setPassword(tx: Db, userId: string, passwordHash: string): Promise<void> {
  const credential = { providerId: 'credential', accountId: userId }
  await tx.account.upsert({
    where: { providerId_accountId: credential },
    create: { id: randomUUID(), ...credential, userId, password: passwordHash },
    update: { password: passwordHash },
  })
}

export async function renameUser(tx: Db, id: string, name: string): Promise<void> {
  await tx.user.update({ where: { id }, data: { name } })
}
