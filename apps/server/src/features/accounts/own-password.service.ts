import { TaikaiError } from '@taikai/shared/errors'
import type { ChangePassword } from '@taikai/shared/wire/account'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { notify } from '../../platform/events.ts'
import { recordAudit } from '../audit/audit.repository.ts'
import { accountTopic } from '../events/events.policy.ts'
import { voidLinks } from '../people/password-links.repository.ts'
import { endOtherSessions, findPasswordHash, replacePassword } from './accounts.repository.ts'

/**
 * Replaces the password of who asks. Their sessions in other browsers end, and links for a new password are void; API keys stay.
 * Throws CURRENT_PASSWORD_WRONG.
 */
export async function changePassword(
  prisma: PrismaClient,
  { id: userId, sessionId }: { id: string; sessionId: string },
  { currentPassword, newPassword }: ChangePassword,
  request: { ipAddress: string; now: Date },
): Promise<void> {
  // Slow on purpose, hence not within the transaction.
  const from = await findPasswordHash(prisma, userId)
  if (from === null || !(await verifyPassword({ hash: from, password: currentPassword }))) {
    throw new TaikaiError('CURRENT_PASSWORD_WRONG')
  }
  const to = await hashPassword(newPassword)
  await prisma.$transaction(async (tx) => {
    await voidLinks(tx, [userId], request.now)
    if (!(await replacePassword(tx, userId, { from, to }))) throw new TaikaiError('CURRENT_PASSWORD_WRONG')
    await endOtherSessions(tx, userId, sessionId)
    const subject = { subjectType: 'user', subjectId: userId } as const
    const actor = { id: userId, ipAddress: request.ipAddress }
    await recordAudit(tx, { actor, action: 'account.change-password', ...subject })
    await notify(tx, { topic: accountTopic(userId) })
    await notify(tx, { topic: 'people' })
  })
}
