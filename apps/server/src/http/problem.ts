import { type ErrorCode, type ErrorParams, TaikaiError } from '@taikai/shared/errors'
import type { Locale } from '@taikai/shared/locale'
import { errorMessage } from '@taikai/shared/messages/error-message'
import type { Problem } from '@taikai/shared/wire/problem'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { InvalidRequestError, issuesOf } from './invalid-request.ts'

/** The only place where an outcome gets an HTTP status. */
export const problemStatus = {
  VALIDATION_FAILED: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  CROSS_SITE_REQUEST: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  SERVICE_UNAVAILABLE: 503,
  STORAGE_UNAVAILABLE: 503,
  SIGN_IN_FAILED: 401,
  CURRENT_PASSWORD_WRONG: 403,
  EMAIL_TAKEN: 409,
  JOIN_CODE_UNKNOWN: 404,
  JOIN_ROSTER_ONLY: 403,
  REGISTRATION_CLOSED: 403,
  SETUP_LINK_INVALID: 403,
  PASSWORD_LINK_INVALID: 403,
  VIEW_AS_READ_ONLY: 403,
  PERSON_SELF: 409,
  PERSON_DEACTIVATED: 409,
  PERSON_NOT_STUDENT: 409,
  ROSTER_ENCODING: 422,
  ROSTER_CSV_INVALID: 422,
  ROSTER_COLUMNS_MISSING: 422,
  ROSTER_EMPTY: 422,
  ROSTER_TOO_LONG: 422,
  ROSTER_LINE_FIELDS: 422,
  ROSTER_LINE_TEXT: 422,
  ROSTER_LINE_TOO_LONG: 422,
  ROSTER_LINE_NAME: 422,
  ROSTER_LINE_EMAIL: 422,
  ROSTER_LINE_EMAIL_REPEATED: 422,
  ROSTER_LINE_NUMBER_REPEATED: 422,
  ROSTER_LINE_NUMBER_TAKEN: 422,
  ROSTER_LINE_DEACTIVATED: 422,
  ROSTER_LINE_INSTRUCTOR: 422,
  ROSTER_LINE_SUBMITTED: 422,
  ROSTER_LINE_BASELINE: 422,
  SLUG_TAKEN: 409,
  ROUND_NOT_SCHEDULED: 409,
  ROUND_NOT_OPEN_YET: 409,
  ROUND_CLOSED: 409,
  ROUND_NOT_JOINED: 403,
  ROUND_TRANSITION_INVALID: 409,
  ROUND_DATES_INVALID: 400,
  ROUND_LOCKED: 409,
  ROUND_NOT_PUBLISHED: 404,
  ROUND_RUNS_UNFINISHED: 409,
  METRIC_UNAVAILABLE: 400,
  ROUND_UNDO_UNAVAILABLE: 409,
  ROUND_ARCHIVE_INVALID: 422,
  ROUND_ARCHIVE_NEWER: 422,
  ENTRY_NAME_TAKEN: 409,
  INVITE_UNKNOWN: 404,
  TEAM_FULL: 409,
  TEAM_LOCKED: 409,
  STUDENT_UNKNOWN: 404,
  UPLOAD_NO_FILES: 422,
  UPLOAD_TOO_MANY_FILES: 413,
  UPLOAD_NAME_REPEATED: 422,
  UPLOAD_TOO_LARGE: 413,
  UPLOAD_INCOMPLETE: 400,
  UPLOAD_META_INVALID: 422,
  PREPROCESSING_INVALID: 422,
  PREPROCESSING_UNAVAILABLE: 422,
  MODEL_FORMAT_UNKNOWN: 422,
  MODEL_FORMAT_UNSUPPORTED: 422,
  MODEL_FORMAT_OUTDATED: 422,
  MODEL_FILE_EMPTY: 422,
  MODEL_FILE_DAMAGED: 422,
  MODEL_SUBCLASSED: 422,
  MODEL_FILES_MISSING: 422,
  MODEL_FILES_UNUSED: 422,
  MODEL_ARCHIVE_DAMAGED: 422,
  MODEL_ARCHIVE_INVALID: 422,
  MODEL_JSON_INVALID: 422,
  MODEL_TOPOLOGY_MISSING: 422,
  MODEL_TOPOLOGY_INVALID: 422,
  LAYER_UNSUPPORTED: 422,
  INPUT_SHAPE_MISMATCH: 422,
  INPUT_TYPE_MISMATCH: 422,
  OUTPUT_SHAPE_MISMATCH: 422,
  WEIGHTS_MISMATCH: 422,
  WEIGHTS_TRUNCATED: 422,
  WEIGHTS_NOT_FINITE: 422,
  MODEL_TOO_LARGE: 422,
  ONNX_INVALID: 422,
  ONNX_OPSET_UNSUPPORTED: 422,
  ONNX_EXTERNAL_DATA: 422,
  RULE_FORMAT: 422,
  RULE_LAYER_FORBIDDEN: 422,
  RULE_LAYER_REQUIRED: 422,
  RULE_PARAMETERS: 422,
  RULE_MACS: 422,
  RULE_MACS_UNKNOWN: 422,
  QUOTA_DAY_USED: 409,
  QUOTA_TOTAL_USED: 409,
  MODEL_TOO_SLOW: 422,
  OUT_OF_MEMORY: 422,
  OUTPUT_NOT_FINITE: 422,
  ENGINE_CRASHED: 422,
  ENGINE_UNAVAILABLE: 503,
  SCORING_INTERRUPTED: 503,
  SCORING_TIMED_OUT: 503,
  SUBMISSION_FINISHED: 409,
  RETRY_NOT_FAILED: 409,
  BASELINE_WITHOUT_MEMBERS: 409,
  BACKUP_RUNNING: 409,
  SUBMISSION_NOT_SCORED: 409,
  SUBMISSIONS_NOT_COMPARABLE: 409,
  FINAL_PICKS_FULL: 409,
  FINAL_PICKS_LOCKED: 409,
  RESCORE_OPEN: 409,
  RESCORE_NOTHING: 409,
  RESCORE_DATASET_MISMATCH: 409,
  RESCORE_UNFINISHED: 409,
  RESCORE_FAILED: 409,
  RESCORE_ENDED: 409,
  DATASET_FORMAT_UNKNOWN: 422,
  DATASET_SIZE_INVALID: 422,
  DATASET_LABELS_MISSING: 422,
  DATASET_LABEL_OUT_OF_RANGE: 422,
  DATASET_TRAINING_OVERLAP: 422,
  DATASET_TOO_SMALL: 422,
  DATASET_TOO_LARGE: 422,
  DATASET_ARCHIVE_INVALID: 422,
  DATASET_ARRAYS_INVALID: 422,
  DATASET_FOLDERS_INVALID: 422,
  DATASET_CLASSES_DIFFER: 422,
  DATASET_IMAGE_INVALID: 422,
  DATASET_IN_USE: 409,
  DOWNLOAD_RUNNING: 409,
  DOWNLOAD_FAILED: 503,
  DOWNLOAD_DAMAGED: 503,
  TRAINING_SAMPLE_UNAVAILABLE: 404,
} as const satisfies Record<ErrorCode, number>

type Issue = { path: string; message: string }
type Outcome = { code: ErrorCode; params: ErrorParams; issues?: (locale: Locale) => Issue[] }

/** What went wrong, as far as the caller may know. Whatever is not an outcome with a name is INTERNAL. */
function outcomeOf(error: unknown, bodyLimit: number): Outcome {
  if (error instanceof TaikaiError) {
    const { code, params, cause } = error
    // A part of an upload that was parsed by hand, after the route's own validation.
    return { code, params, ...(cause instanceof z.ZodError && { issues: () => issuesOf(cause) }) }
  }
  if (error instanceof InvalidRequestError) {
    return { code: 'VALIDATION_FAILED', params: {}, issues: (locale) => error.issues(locale) }
  }
  if (isFastifyError(error)) {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
      return { code: 'UPLOAD_TOO_LARGE', params: { limitBytes: bodyLimit } }
    }
    // Broken JSON, a wrong media type and the like: the request cannot be read.
    if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
      return { code: error.statusCode === 404 ? 'NOT_FOUND' : 'VALIDATION_FAILED', params: {} }
    }
  }
  return { code: 'INTERNAL', params: {} }
}

function isFastifyError(error: unknown): error is FastifyError {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('FST_')
  )
}

/** Problem details (RFC 9457) in the language of the request. */
export function problemOf(outcome: Outcome, locale: Locale, requestId: string): Problem {
  const { title, action } = errorMessage(outcome.code, outcome.params, locale)
  return {
    type: `urn:taikai:problem:${outcome.code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status: problemStatus[outcome.code],
    detail: action,
    code: outcome.code,
    params: outcome.params,
    requestId,
    ...(outcome.issues && { issues: outcome.issues(locale) }),
  }
}

/** The one error handler: says what the caller may know, and logs what the operator must know. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const outcome = outcomeOf(error, request.routeOptions.bodyLimit)
  const problem = problemOf(outcome, request.locale, request.id)
  if (problem.status >= 500) request.log.error({ err: error }, 'request failed')
  const { retryAfterSeconds } = outcome.params
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds)
  return reply.code(problem.status).type('application/problem+json').send(problem)
}
