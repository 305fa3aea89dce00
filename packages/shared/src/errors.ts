/**
 * Every way in which a request, an upload or a run can end other than well.
 * A code is stable: scripts may rely on it. Its words are in `messages/`, its HTTP status in the server's one mapper.
 */
export const errorCodes = [
  // requests
  'VALIDATION_FAILED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'CROSS_SITE_REQUEST',
  'NOT_FOUND',
  'RATE_LIMITED',
  'INTERNAL',
  'SERVICE_UNAVAILABLE',
  'STORAGE_UNAVAILABLE',
  // accounts
  'SIGN_IN_FAILED',
  'CURRENT_PASSWORD_WRONG',
  'EMAIL_TAKEN',
  'JOIN_CODE_UNKNOWN',
  'JOIN_ROSTER_ONLY',
  'REGISTRATION_CLOSED',
  'SETUP_LINK_INVALID',
  'PASSWORD_LINK_INVALID',
  'VIEW_AS_READ_ONLY',
  // people in the hands of instructors
  'PERSON_SELF',
  'PERSON_DEACTIVATED',
  'PERSON_NOT_STUDENT',
  // rosters
  'ROSTER_ENCODING',
  'ROSTER_CSV_INVALID',
  'ROSTER_COLUMNS_MISSING',
  'ROSTER_EMPTY',
  'ROSTER_TOO_LONG',
  'ROSTER_LINE_FIELDS',
  'ROSTER_LINE_TEXT',
  'ROSTER_LINE_TOO_LONG',
  'ROSTER_LINE_NAME',
  'ROSTER_LINE_EMAIL',
  'ROSTER_LINE_EMAIL_REPEATED',
  'ROSTER_LINE_NUMBER_REPEATED',
  'ROSTER_LINE_NUMBER_TAKEN',
  'ROSTER_LINE_DEACTIVATED',
  'ROSTER_LINE_INSTRUCTOR',
  'ROSTER_LINE_SUBMITTED',
  'ROSTER_LINE_BASELINE',
  // rounds
  'SLUG_TAKEN',
  'ROUND_NOT_SCHEDULED',
  'ROUND_NOT_OPEN_YET',
  'ROUND_CLOSED',
  'ROUND_NOT_JOINED',
  'ROUND_TRANSITION_INVALID',
  'ROUND_DATES_INVALID',
  'ROUND_LOCKED',
  'ROUND_NOT_PUBLISHED',
  'ROUND_RUNS_UNFINISHED',
  'METRIC_UNAVAILABLE',
  'ROUND_UNDO_UNAVAILABLE',
  'ROUND_ARCHIVE_INVALID',
  'ROUND_ARCHIVE_NEWER',
  'ENTRY_NAME_TAKEN',
  // teams
  'INVITE_UNKNOWN',
  'TEAM_FULL',
  'TEAM_LOCKED',
  'STUDENT_UNKNOWN',
  // uploads
  'UPLOAD_NO_FILES',
  'UPLOAD_TOO_MANY_FILES',
  'UPLOAD_NAME_REPEATED',
  'UPLOAD_TOO_LARGE',
  'UPLOAD_INCOMPLETE',
  'UPLOAD_META_INVALID',
  'PREPROCESSING_INVALID',
  'PREPROCESSING_UNAVAILABLE',
  // models, refused by inspection
  'MODEL_FORMAT_UNKNOWN',
  'MODEL_FORMAT_UNSUPPORTED',
  'MODEL_FORMAT_OUTDATED',
  'MODEL_FILE_EMPTY',
  'MODEL_FILE_DAMAGED',
  'MODEL_FILES_MISSING',
  'MODEL_FILES_UNUSED',
  'MODEL_ARCHIVE_DAMAGED',
  'MODEL_ARCHIVE_INVALID',
  'MODEL_JSON_INVALID',
  'MODEL_TOPOLOGY_MISSING',
  'MODEL_TOPOLOGY_INVALID',
  'MODEL_SUBCLASSED',
  'LAYER_UNSUPPORTED',
  'INPUT_SHAPE_MISMATCH',
  'INPUT_TYPE_MISMATCH',
  'OUTPUT_SHAPE_MISMATCH',
  'WEIGHTS_MISMATCH',
  'WEIGHTS_TRUNCATED',
  'WEIGHTS_NOT_FINITE',
  'MODEL_TOO_LARGE',
  'ONNX_INVALID',
  'ONNX_OPSET_UNSUPPORTED',
  'ONNX_EXTERNAL_DATA',
  // models, refused by the rules of the round
  'RULE_FORMAT',
  'RULE_LAYER_FORBIDDEN',
  'RULE_LAYER_REQUIRED',
  'RULE_PARAMETERS',
  'RULE_MACS',
  'RULE_MACS_UNKNOWN',
  // submissions beyond what the round allows
  'QUOTA_DAY_USED',
  'QUOTA_TOTAL_USED',
  // models, refused by the run
  'MODEL_TOO_SLOW',
  'OUT_OF_MEMORY',
  'OUTPUT_NOT_FINITE',
  'ENGINE_CRASHED',
  // runs, the system's fault
  'ENGINE_UNAVAILABLE',
  'SCORING_INTERRUPTED',
  'SCORING_TIMED_OUT',
  // submissions
  'SUBMISSION_FINISHED',
  'RETRY_NOT_FAILED',
  'BASELINE_WITHOUT_MEMBERS',
  // backups
  'BACKUP_RUNNING',
  'SUBMISSION_NOT_SCORED',
  'SUBMISSIONS_NOT_COMPARABLE',
  'FINAL_PICKS_FULL',
  'FINAL_PICKS_LOCKED',
  // rescores
  'RESCORE_OPEN',
  'RESCORE_NOTHING',
  'RESCORE_DATASET_MISMATCH',
  'RESCORE_UNFINISHED',
  'RESCORE_FAILED',
  'RESCORE_ENDED',
  // datasets
  'DATASET_FORMAT_UNKNOWN',
  'DATASET_SIZE_INVALID',
  'DATASET_LABELS_MISSING',
  'DATASET_LABEL_OUT_OF_RANGE',
  'DATASET_TRAINING_OVERLAP',
  'DATASET_TOO_SMALL',
  'DATASET_TOO_LARGE',
  'DATASET_ARCHIVE_INVALID',
  'DATASET_ARRAYS_INVALID',
  'DATASET_FOLDERS_INVALID',
  'DATASET_CLASSES_DIFFER',
  'DATASET_IMAGE_INVALID',
  'DATASET_IN_USE',
  'DOWNLOAD_RUNNING',
  'DOWNLOAD_FAILED',
  'DOWNLOAD_DAMAGED',
  'TRAINING_SAMPLE_UNAVAILABLE',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Values that a message may show, e.g. `{ limitBytes: 41943040 }`. Never anything that depends on hidden images. */
export type ErrorParams = Record<string, string | number>

/**
 * An outcome with a name. Thrown by services and by model inspection alike; never carries an HTTP status.
 * `options.cause` may be a ZodError: its issues are shown.
 */
export class TaikaiError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(params)}`, options)
    this.name = 'TaikaiError'
    this.code = code
    this.params = params
  }
}
