import type { ErrorCode } from '../errors.ts'

/** The codes of what breaks a rule of its round, and of rules that a round cannot have. */
export type RuleCode = Extract<ErrorCode, `RULE_${string}` | `QUOTA_${string}` | 'METRIC_UNAVAILABLE'>
