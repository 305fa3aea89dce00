import { TaikaiError } from '@taikai/shared/errors'
import { baselineMetaSchema, submissionMetaSchema } from '@taikai/shared/wire/submission'
import type { z } from 'zod'

/** Reads the field `meta` of a submission. Throws as `parseMeta` does. */
export const parseSubmissionMeta = (value: unknown) => parseMeta(submissionMetaSchema, value)

/** Reads the field `meta` of a baseline. Throws as `parseMeta` does. */
export const parseBaselineMeta = (value: unknown) => parseMeta(baselineMetaSchema, value)

/**
 * Throws PREPROCESSING_INVALID when nothing but the preprocessing is wrong, else UPLOAD_META_INVALID, with the schema's issues
 * as cause.
 */
function parseMeta<Meta>(schema: z.ZodType<Meta>, value: unknown): Meta {
  const parsed = schema.safeParse(value, { reportInput: true })
  if (parsed.success) return parsed.data
  const onlyPreprocessing = parsed.error.issues.every((issue) => issue.path[0] === 'preprocessing')
  const code = onlyPreprocessing ? 'PREPROCESSING_INVALID' : 'UPLOAD_META_INVALID'
  throw new TaikaiError(code, {}, { cause: parsed.error })
}
