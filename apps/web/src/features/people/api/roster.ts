import type { RosterReport } from '@taikai/shared/wire/roster'
import { sendFile } from '../../../lib/api-client.ts'

/** Imports a roster, or with `dryRun` says what would become of it. `round`: a slug, or null for none. */
export const sendRoster = (file: File, { round, dryRun }: { round: string | null; dryRun: boolean }) => {
  const query = new URLSearchParams({ dryRun: String(dryRun), ...(round !== null && { round }) })
  return sendFile<RosterReport>(`/api/roster?${query}`, file, 'text/csv')
}
