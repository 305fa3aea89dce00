import type { Announcement, Prisma } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

/** An announcement, and its reading by one viewer, if they have read it. */
export type AnnouncementForViewer = Announcement & { readers: { userId: string }[] }

function forViewer(viewerId: string | null) {
  // No user has the empty id, so a visitor has read nothing.
  return {
    readers: { where: { userId: viewerId ?? '' }, select: { userId: true } },
  } satisfies Prisma.AnnouncementInclude
}

/** Newest first. */
export function listAnnouncements(
  db: Db,
  roundId: string,
  viewerId: string | null,
): Promise<AnnouncementForViewer[]> {
  return db.announcement.findMany({
    where: { roundId },
    include: forViewer(viewerId),
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
}

/** An announcement of this round; null where it is of another, or there is none. */
export function findAnnouncement(
  db: Db,
  roundId: string,
  id: string,
  viewerId: string | null,
): Promise<AnnouncementForViewer | null> {
  return db.announcement.findFirst({ where: { id, roundId }, include: forViewer(viewerId) })
}

export async function insertAnnouncement(
  db: Db,
  input: { roundId: string; body: string; createdAt: Date },
): Promise<{ id: string }> {
  return db.announcement.create({ data: { ...input, updatedAt: input.createdAt }, select: { id: true } })
}

export async function updateAnnouncementRow(
  db: Db,
  id: string,
  data: { body: string; updatedAt: Date },
): Promise<void> {
  await db.announcement.update({ where: { id }, data })
}

export async function deleteAnnouncementRow(db: Db, id: string): Promise<void> {
  await db.announcement.delete({ where: { id } })
}

/** Once is enough: reading it again changes nothing. */
export async function insertReader(db: Db, announcementId: string, userId: string): Promise<void> {
  await db.announcementReader.createMany({ data: { announcementId, userId }, skipDuplicates: true })
}
