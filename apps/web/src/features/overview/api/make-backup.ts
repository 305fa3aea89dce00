import type { Backup } from '@taikai/shared/wire/backup'
import { sendJson } from '../../../lib/api-client.ts'

export const makeBackup = () => sendJson<Backup>('POST', '/api/backups')
