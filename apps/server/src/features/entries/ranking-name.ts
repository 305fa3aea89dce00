import { createHmac } from 'node:crypto'
import type { Round } from '../../generated/prisma/client.ts'
import { birds, colours } from './pseudonym-words.ts'

/** What the names of a round's entries are made from. `memberNames` in the order in which they joined. */
export type NamedEntry = {
  id: string
  name: string
  kind: 'TEAM' | 'BASELINE'
  memberNames: readonly string[]
}

/**
 * The name of every entry of a round in what others see, by entry id: its own name, its members' names, or a pseudonym. Baselines,
 * and teams that nobody is in under REAL, have their own name. `entries` must be all of the round: pseudonyms are unique among
 * them, and an entry keeps its own when others come later.
 */
export function rankingNames(
  round: Pick<Round, 'rankingNames' | 'splitSeed'>,
  entries: readonly NamedEntry[],
): Map<string, string> {
  const teams = entries.filter(({ kind }) => kind === 'TEAM')
  const names = new Map(entries.map(({ id, name }) => [id, name]))
  if (round.rankingNames === 'REAL') {
    for (const { id, memberNames } of teams) if (memberNames.length > 0) names.set(id, joinNames(memberNames))
  }
  if (round.rankingNames === 'PSEUDONYM') {
    const taken = new Set<string>()
    // Ids are in order of time (UUIDv7): who was there first has the first choice.
    for (const { id } of teams.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
      const name = freePseudonym(round.splitSeed, id, taken)
      taken.add(name)
      names.set(id, name)
    }
  }
  return names
}

/** The way of the language that the names are written in, whatever the page's. */
function joinNames(names: readonly string[]): string {
  const isJapanese = names.some((name) => /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(name))
  return names.join(isJapanese ? '・' : ', ')
}

/** The first of an entry's pseudonyms that no other has; two are the same about once in 920,000 pairs. */
function freePseudonym(secret: string, entryId: string, taken: ReadonlySet<string>): string {
  for (let choice = 0; ; choice++) {
    const name = pseudonym(secret, `${entryId} ${choice}`)
    if (!taken.has(name)) return name
  }
}

/** E.g. "Amber Heron 417". Without the round's secret nobody can tell of which entry it is. */
function pseudonym(secret: string, text: string): string {
  const digest = createHmac('sha256', secret).update(`pseudonym ${text}`).digest()
  const colour = colours[digest.readUInt32BE(0) % colours.length]
  const bird = birds[digest.readUInt32BE(4) % birds.length]
  return `${colour} ${bird} ${100 + (digest.readUInt32BE(8) % 900)}`
}
