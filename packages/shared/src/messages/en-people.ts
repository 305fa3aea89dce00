import type { ErrorText } from './error-message.ts'
import type { PeopleCode } from './people-code.ts'

/** Why something that instructors do with people, or a roster, was refused. */
export const enPeople: Record<PeopleCode, ErrorText> = {
  PASSWORD_LINK_INVALID: {
    title: 'This link is not good.',
    action:
      'A link works once. It has been used, has expired, or was replaced by a newer one. Sign in if you have chosen a password; otherwise ask your instructor for a new link.',
  },
  VIEW_AS_READ_ONLY: {
    title: 'Nothing can be changed while you view the site as a student.',
    action: 'Press “End student view” at the top of the page, then try again.',
  },
  PERSON_SELF: {
    title: 'You cannot do this to your own account.',
    action: 'Ask another instructor if it is needed.',
  },
  PERSON_DEACTIVATED: {
    title: 'This account is deactivated.',
    action: 'Reactivate the account first.',
  },
  PERSON_NOT_STUDENT: {
    title: 'The site can be viewed as a student only.',
    action: 'Choose a student from the list of people.',
  },
  ROSTER_ENCODING: {
    title: 'The file is neither UTF-8 nor Shift_JIS.',
    action: 'In Excel, save it as “CSV UTF-8 (comma delimited)”.',
  },
  ROSTER_CSV_INVALID: {
    title: 'The file cannot be read as CSV (line {line}).',
    action: 'Look for a quotation mark (") that is not closed, or save the file as CSV anew.',
  },
  ROSTER_COLUMNS_MISSING: {
    title: 'The header has no column “e-mail”.',
    action: 'Make the first line a header such as “student number,name,e-mail,team”, each name once.',
  },
  ROSTER_EMPTY: {
    title: 'There is nobody in the roster.',
    action: 'Write one person a line below the header.',
  },
  ROSTER_TOO_LONG: {
    title: 'The roster is too long (at most {limit} lines).',
    action: 'Split the file and import the parts.',
  },
  ROSTER_LINE_FIELDS: {
    title: 'The line has another number of columns than the header.',
    action: 'Look for delimiters that are missing or too many.',
  },
  ROSTER_LINE_TEXT: {
    title: 'A value begins with one of = + - @ or has control characters.',
    action: 'Spreadsheets would take it for a formula. Correct the value.',
  },
  ROSTER_LINE_TOO_LONG: {
    title: 'A value is too long (at most {limit} characters).',
    action: 'Names and teams may have 60 characters, student numbers 40, e-mail addresses 200.',
  },
  ROSTER_LINE_NAME: {
    title: 'The name is missing.',
    action: 'Write the name.',
  },
  ROSTER_LINE_EMAIL: {
    title: 'The e-mail address is missing or malformed.',
    action: 'Check the e-mail address.',
  },
  ROSTER_LINE_EMAIL_REPEATED: {
    title: 'The same e-mail address is on line {otherLine}.',
    action: 'Find out which is right, and keep one line.',
  },
  ROSTER_LINE_NUMBER_REPEATED: {
    title: 'The same student number is on line {otherLine}.',
    action: 'Check the student number.',
  },
  ROSTER_LINE_NUMBER_TAKEN: {
    title: 'Somebody with another e-mail address has this student number.',
    action: 'Compare student number and e-mail address with the people who are there.',
  },
  ROSTER_LINE_DEACTIVATED: {
    title: 'This account is deactivated.',
    action: 'To import it, reactivate the account in the list of people first.',
  },
  ROSTER_LINE_INSTRUCTOR: {
    title: 'Instructors do not take part in rounds.',
    action: 'Take this line out, or import without choosing a round.',
  },
  ROSTER_LINE_SUBMITTED: {
    title: 'The person has already submitted as “{team}” and stays there.',
    action: 'To move people who have submitted, use the page of the round’s teams.',
  },
  ROSTER_LINE_BASELINE: {
    title: '“{team}” is the name of a baseline.',
    action: 'Choose another name for the team.',
  },
}
