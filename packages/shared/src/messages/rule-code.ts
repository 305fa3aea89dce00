import type { ErrorCode } from '../errors.ts'

/** The codes of models that break a rule of their round. */
export type RuleCode = Extract<ErrorCode, `RULE_${string}`>
