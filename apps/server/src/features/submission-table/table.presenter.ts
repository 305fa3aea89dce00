import { errorCodes } from '@taikai/shared/errors'
import { modelFormatSchema } from '@taikai/shared/model/model-format'
import type { TableRow } from '@taikai/shared/wire/submission-table'
import { z } from 'zod'
import type { TableRowFields } from './table.repository.ts'

/** A submission as a row of the instructors' table. */
export function presentTableRow(fields: TableRowFields): TableRow {
  const { publicCorrect, publicTotal, privateCorrect, privateTotal, ...row } = fields
  return {
    ...row,
    receivedAt: row.receivedAt.toISOString(),
    format: modelFormatSchema.parse(row.format),
    public: counts(publicCorrect, publicTotal),
    private: counts(privateCorrect, privateTotal),
    reasonCode: presentReasonCode(row),
  }
}

function counts(correct: number | null, total: number | null): TableRow['public'] {
  return correct === null || total === null ? null : { correct, total }
}

function presentReasonCode({
  status,
  reasonCode,
}: Pick<TableRowFields, 'status' | 'reasonCode'>): TableRow['reasonCode'] {
  // A run that is tried again keeps the reason of its last failure; it is not the submission's.
  return status === 'REJECTED' || status === 'FAILED' ? z.enum(errorCodes).parse(reasonCode) : null
}
