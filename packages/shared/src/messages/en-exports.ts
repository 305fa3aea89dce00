import type { ErrorText } from './error-message.ts'
import type { ExportCode } from './export-code.ts'

/** Why a round was not imported, or an action not taken back. */
export const enExports: Record<ExportCode, ErrorText> = {
  ROUND_UNDO_UNAVAILABLE: {
    title: 'There is nothing that can be taken back.',
    action: 'Something was submitted or changed since. Load the page again and go on from the present state.',
  },
  ROUND_ARCHIVE_INVALID: {
    title: 'This file is no zip of a round, or it is damaged ({detail}).',
    action:
      'Make the zip again under “Exports” on the other server, and choose it as it is, without opening or changing it.',
  },
  ROUND_ARCHIVE_NEWER: {
    title: 'This zip was made by another version of Taikai.',
    action: 'Bring both servers to the same version, then make the zip again.',
  },
}
