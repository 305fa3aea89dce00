import type { Db } from '../../platform/prisma.ts'

export type StoredViewAs = { userId: string; until: Date }

export async function findViewAs(db: Db, sessionId: string): Promise<StoredViewAs | null> {
  const row = await db.session.findUnique({
    where: { id: sessionId },
    select: { viewAsUserId: true, viewAsUntil: true },
  })
  if (row === null || row.viewAsUserId === null || row.viewAsUntil === null) return null
  return { userId: row.viewAsUserId, until: row.viewAsUntil }
}

export async function setViewAs(db: Db, sessionId: string, { userId, until }: StoredViewAs): Promise<void> {
  await db.session.update({ where: { id: sessionId }, data: { viewAsUserId: userId, viewAsUntil: until } })
}

/** Gives as whom the session viewed the site, or null; of two requests at once, one gets it. */
export async function clearViewAs(tx: Db, sessionId: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ viewAsUserId: string }[]>`
    WITH "viewing" AS (
      SELECT "id", "viewAsUserId" FROM "Session"
      WHERE "id" = ${sessionId} AND "viewAsUserId" IS NOT NULL FOR UPDATE)
    UPDATE "Session" s SET "viewAsUserId" = NULL, "viewAsUntil" = NULL FROM "viewing" v
    WHERE s."id" = v."id" RETURNING v."viewAsUserId"`
  return row?.viewAsUserId ?? null
}
