import type { Backup } from '@taikai/shared/wire/backup'
import type { StoredBackup } from './nightly-backups.ts'

export function presentBackup({ name, bytes, createdAt }: StoredBackup): Backup {
  return { name, bytes, createdAt: createdAt.toISOString() }
}
