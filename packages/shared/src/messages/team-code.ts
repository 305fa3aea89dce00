import type { ErrorCode } from '../errors.ts'

/** The codes of what is refused when people join a round or a team. */
export type TeamCode = Extract<
  ErrorCode,
  `TEAM_${string}` | `JOIN_${string}` | `INVITE_${string}` | 'STUDENT_UNKNOWN' | 'REGISTRATION_CLOSED'
>
