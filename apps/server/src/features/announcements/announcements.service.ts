import { TaikaiError } from '@taikai/shared/errors'
import type { AuditAction } from '@taikai/shared/messages/audit-action'
import type { PrismaClient, Round } from '../../generated/prisma/client.ts'
import { notify } from '../../platform/events.ts'
import type { Db } from '../../platform/prisma.ts'
import { type Actor, recordAudit } from '../audit/audit.repository.ts'
import {
  type AnnouncementForViewer,
  deleteAnnouncementRow,
  findAnnouncement,
  insertAnnouncement,
  insertReader,
  updateAnnouncementRow,
} from './announcements.repository.ts'

type RoundName = Pick<Round, 'id' | 'slug'>
/** An instructor, and when they act. */
type Editor = { actor: Actor & { id: string }; now: Date }

/** Tells all who take part; who writes it has read it. */
export async function postAnnouncement(
  prisma: PrismaClient,
  round: RoundName,
  body: string,
  { actor, now }: Editor,
): Promise<AnnouncementForViewer> {
  return prisma.$transaction(async (tx) => {
    const { id } = await insertAnnouncement(tx, { roundId: round.id, body, createdAt: now })
    await insertReader(tx, id, actor.id)
    await record(tx, round, actor, 'announcement.post', id, null, body)
    return requireAnnouncement(tx, round, id, actor.id)
  })
}

/** Changes its words; who has read it has read it. Throws NOT_FOUND. */
export async function editAnnouncement(
  prisma: PrismaClient,
  round: RoundName,
  id: string,
  body: string,
  { actor, now }: Editor,
): Promise<AnnouncementForViewer> {
  return prisma.$transaction(async (tx) => {
    const before = await requireAnnouncement(tx, round, id, actor.id)
    await updateAnnouncementRow(tx, id, { body, updatedAt: now })
    await record(tx, round, actor, 'announcement.edit', id, before.body, body)
    return requireAnnouncement(tx, round, id, actor.id)
  })
}

/** Throws NOT_FOUND. */
export async function deleteAnnouncement(
  prisma: PrismaClient,
  round: RoundName,
  id: string,
  actor: Editor['actor'],
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const before = await requireAnnouncement(tx, round, id, actor.id)
    await deleteAnnouncementRow(tx, id)
    await record(tx, round, actor, 'announcement.delete', id, before.body, null)
  })
}

/** Takes the badge from a reader. Throws NOT_FOUND. */
export async function readAnnouncement(
  prisma: PrismaClient,
  round: RoundName,
  id: string,
  userId: string,
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    await requireAnnouncement(tx, round, id, userId)
    await insertReader(tx, id, userId)
  })
}

async function requireAnnouncement(
  db: Db,
  round: RoundName,
  id: string,
  viewerId: string,
): Promise<AnnouncementForViewer> {
  const found = await findAnnouncement(db, round.id, id, viewerId)
  if (found === null) throw new TaikaiError('NOT_FOUND')
  return found
}

async function record(
  tx: Db,
  round: RoundName,
  actor: Actor,
  action: AuditAction,
  id: string,
  before: string | null,
  after: string | null,
): Promise<void> {
  await recordAudit(tx, {
    actor,
    action,
    subjectType: 'announcement',
    subjectId: id,
    ...(before !== null && { before: { round: round.slug, body: before } }),
    ...(after !== null && { after: { round: round.slug, body: after } }),
  })
  await notify(tx, { topic: `round/${round.slug}` })
}
