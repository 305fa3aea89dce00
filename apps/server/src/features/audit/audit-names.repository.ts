import { slugSchema } from '@taikai/shared/wire/round'
import { z } from 'zod'
import type { Db } from '../../platform/prisma.ts'

const idSchema = z.uuid()

/** What those of the texts that are ids, or rounds' addresses, are called now. What is no id, or of what is gone, is left out. */
export async function findNames(db: Db, texts: readonly string[]): Promise<Record<string, string>> {
  const unique = [...new Set(texts)]
  const where = { id: { in: unique.filter((text) => idSchema.safeParse(text).success) } }
  const slugs = { slug: { in: unique.filter((text) => slugSchema.safeParse(text).success) } }
  const round = { select: { title: true } }
  const rounds = await db.round.findMany({ where: slugs, select: { slug: true, title: true } })
  const users = await db.user.findMany({ where, select: { id: true, name: true } })
  const entries = await db.entry.findMany({ where, select: { id: true, name: true } })
  const datasets = await db.dataset.findMany({ where, select: { id: true, name: true } })
  const rescores = await db.rescore.findMany({ where, select: { id: true, round } })
  const announcements = await db.announcement.findMany({ where, select: { id: true, round } })
  const submissions = await db.submission.findMany({
    where,
    select: { id: true, label: true, entry: { select: { name: true } } },
  })
  return Object.fromEntries([
    ...rounds.map(({ slug, title }) => [slug, title]),
    ...[...users, ...entries, ...datasets].map(({ id, name }) => [id, name]),
    ...[...rescores, ...announcements].map(({ id, round }) => [id, round.title]),
    ...submissions.map(({ id, label, entry: { name } }) => [id, label === '' ? name : `${label} · ${name}`]),
  ])
}
