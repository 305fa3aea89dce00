import type { ErrorCode } from '../errors.ts'

/** The codes of what is refused when instructors look after people, and of lines of a roster. */
export type PeopleCode = Extract<
  ErrorCode,
  `PASSWORD_LINK_${string}` | `VIEW_AS_${string}` | `PERSON_${string}` | `ROSTER_${string}`
>
