import type { Dataset, Entry, Round } from '../../generated/prisma/client.ts'
import type { Db } from '../../platform/prisma.ts'

/** What the audit log says once the demo round was made: deleted later, it does not come back. */
export const demoRoundMade = 'demo.seed'

/** Makes servers that start together wait for each other until the transaction ends. */
export async function lockDemo(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('taikai demo'))`
}

export async function isInstallationEmpty(db: Db): Promise<boolean> {
  return (await db.dataset.count()) === 0 && (await db.round.count()) === 0
}

export function findFirstVersion(db: Db, datasetName: string): Promise<Dataset | null> {
  return db.dataset.findUnique({ where: { name_version: { name: datasetName, version: 1 } } })
}

export async function wasDemoRoundMade(db: Db): Promise<boolean> {
  return (await db.auditEvent.count({ where: { action: demoRoundMade } })) > 0
}

/** Baselines of a round that nothing was submitted for yet. */
export function findIdleBaselines(db: Db, slug: string): Promise<(Entry & { round: Round })[]> {
  return db.entry.findMany({
    where: { round: { slug }, kind: 'BASELINE', submissions: { none: {} } },
    include: { round: true },
    orderBy: { createdAt: 'asc' },
  })
}
