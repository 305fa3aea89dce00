import { TaikaiError } from '@taikai/shared/errors'
import { type SubmissionMeta, submissionMetaSchema } from '@taikai/shared/wire/submission'

/**
 * Reads the field `meta`. Throws PREPROCESSING_INVALID when nothing but the preprocessing is wrong, else UPLOAD_META_INVALID,
 * with the schema's issues as cause.
 */
export function parseSubmissionMeta(value: unknown): SubmissionMeta {
  const parsed = submissionMetaSchema.safeParse(value, { reportInput: true })
  if (parsed.success) return parsed.data
  const onlyPreprocessing = parsed.error.issues.every((issue) => issue.path[0] === 'preprocessing')
  throw new TaikaiError(
    onlyPreprocessing ? 'PREPROCESSING_INVALID' : 'UPLOAD_META_INVALID',
    {},
    {
      cause: parsed.error,
    },
  )
}
