import { type ErrorParams, TaikaiError } from '@taikai/shared/errors'
import { ZipError } from '@taikai/shared/zip'
import { Prisma } from '../../generated/prisma/client.ts'

/** What the database says when rows contradict each other or its constraints: not unique, no such row, a check, out of range. */
const contradictions = new Set([
  'P2000',
  'P2002',
  'P2003',
  'P2004',
  'P2010',
  'P2011',
  'P2020',
  'P2025',
  'P2039',
])

/** A zip that is no round's, or a damaged one. `detail` is for whoever looks into it. */
export function invalidArchive(detail: string, options?: ErrorOptions): TaikaiError {
  const params: ErrorParams = { detail: detail.slice(0, 200) }
  return new TaikaiError('ROUND_ARCHIVE_INVALID', params, options)
}

/** What went wrong while a zip was read in, as ROUND_ARCHIVE_INVALID where the zip is at fault. */
export function archiveError(error: unknown): unknown {
  if (error instanceof ZipError) return invalidArchive(error.message, { cause: error })
  if (error instanceof Prisma.PrismaClientKnownRequestError && contradictions.has(error.code))
    return invalidArchive(`rows that contradict each other (${error.code})`, { cause: error })
  return error
}
