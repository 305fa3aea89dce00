import { TaikaiError } from '@taikai/shared/errors'
import { backupListSchema, backupSchema } from '@taikai/shared/wire/backup'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { signedInViewer } from '../../http/access.ts'
import { recordAudit } from '../audit/audit.repository.ts'
import { presentBackup } from './backup.presenter.ts'
import { type BackupDeps, listBackups, makeBackup } from './nightly-backups.ts'

/** Backups on the server's disk. They hold everything, passwords' hashes included, and so leave by no route. */
export const backupRoutes: FastifyPluginAsyncZod<BackupDeps & { prisma: PrismaClient }> = async (
  app,
  deps,
) => {
  app.get(
    '/api/backups',
    { config: { access: 'instructor' }, schema: { response: { 200: backupListSchema } } },
    async () => ({ backups: (await listBackups(deps.folder)).map(presentBackup) }),
  )

  app.post(
    '/api/backups',
    { config: { access: 'instructor' }, schema: { response: { 201: backupSchema } } },
    async (request, reply) => {
      const backup = await makeBackup(deps)
      if (backup === null) throw new TaikaiError('BACKUP_RUNNING')
      const actor = { id: signedInViewer(request).id, ipAddress: request.ip }
      await recordAudit(deps.prisma, {
        actor,
        action: 'backup.create',
        subjectType: 'backup',
        subjectId: backup.name,
      })
      return reply.code(201).send(presentBackup(backup))
    },
  )
}
