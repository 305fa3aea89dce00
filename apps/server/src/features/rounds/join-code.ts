import { randomInt } from 'node:crypto'

/** Without letters and digits that are mistaken for each other (0 O, 1 I L). */
const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const codeLength = 8

/** A code by which one joins a round: 8 characters, read aloud and copied from a board. */
export function newJoinCode(): string {
  return Array.from({ length: codeLength }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('')
}
