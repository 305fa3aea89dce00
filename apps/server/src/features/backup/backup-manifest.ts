import { z } from 'zod'

/**
 * The first entry of a backup, `manifest.json`. A backup is a gzipped tar: the manifest, then `tables/<name>.csv` in an order in
 * which foreign keys hold, then `blobs/<key>`.
 */
export const manifestSchema = z.strictObject({
  format: z.literal('taikai-backup-1'),
  createdAt: z.iso.datetime(),
  /** Names of the migrations that the database had, oldest first. */
  migrations: z.array(z.string()),
  /** Where the counter of event versions stood. */
  eventVersion: z.string().regex(/^\d+$/),
  tables: z.array(z.strictObject({ name: z.string(), rows: z.number().int() })),
  blobs: z.array(z.strictObject({ key: z.string(), bytes: z.number().int() })),
})
export type Manifest = z.infer<typeof manifestSchema>

export const manifestName = 'manifest.json'
export const tablePrefix = 'tables/'
export const tableSuffix = '.csv'
export const blobPrefix = 'blobs/'

/** Why a backup cannot be made or restored, for the person at the terminal. */
export class BackupError extends Error {
  override name = 'BackupError'
}
