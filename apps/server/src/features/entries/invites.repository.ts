import type { Entry, Prisma } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

const invited = {
  round: true,
  members: {
    orderBy: [{ joinedAt: 'asc' }, { userId: 'asc' }],
    select: { user: { select: { name: true } } },
  },
} satisfies Prisma.EntryInclude

export type InvitingEntry = Prisma.EntryGetPayload<{ include: typeof invited }>

/** The entry that a link invites to; null for a link that was renewed or taken back. */
export function findInvitingEntry(db: Db, inviteCode: string): Promise<InvitingEntry | null> {
  return db.entry.findUnique({ where: { inviteCode }, include: invited })
}

/** Gives an entry another link, or takes the link back with null. The old one is good no longer. */
export async function setInviteCode(db: Db, id: string, inviteCode: string | null): Promise<Entry> {
  return db.entry.update({ where: { id }, data: { inviteCode } })
}
