import type { ErrorText } from './error-message.ts'
import type { TeamCode } from './team-code.ts'

/** Why somebody could not join a round or a team, in English. */
export const enTeams: Record<TeamCode, ErrorText> = {
  JOIN_CODE_UNKNOWN: {
    title: 'No round has this join code.',
    action: 'Check the code that your instructor gave you; letters and digits must match.',
  },
  JOIN_ROSTER_ONLY: {
    title: 'Only those whom the instructor put on the list take part in this round.',
    action: 'If you should be on it, tell your instructor the e-mail address of your account.',
  },
  REGISTRATION_CLOSED: {
    title: 'To register you need a join code or an invitation.',
    action: 'Ask your instructor for the join code, or a team for its invitation link.',
  },
  INVITE_UNKNOWN: {
    title: 'This invitation is not valid.',
    action: 'Its link was renewed or taken back. Ask the team for the present one.',
  },
  TEAM_FULL: {
    title: 'This team is full ({limit} people at most).',
    action: 'Join another team that has room, or take part on your own.',
  },
  TEAM_LOCKED: {
    title: 'A team that has submitted a model keeps its members.',
    action: 'After the first submission only an instructor can change them: ask yours if it is needed.',
  },
  STUDENT_UNKNOWN: {
    title: 'No student has an account with the e-mail address {email}.',
    action: 'Check the address. Who has no account yet has to register first.',
  },
}
