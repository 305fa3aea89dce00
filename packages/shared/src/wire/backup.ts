import { z } from 'zod'

/** A backup that lies on the server's disk. Instructors only. */
export const backupSchema = z.object({
  name: z.string(),
  bytes: z.number().int(),
  createdAt: z.iso.datetime(),
})
export type Backup = z.infer<typeof backupSchema>
/** GET /api/backups: the newest first. POST makes one now. */
export const backupListSchema = z.object({ backups: z.array(backupSchema) })
