const folded = (text: string) => text.normalize('NFKC').toLowerCase().trim()

/** Whether a name holds what was typed, whatever the case and the width of the letters. */
export function nameMatches(name: string, typed: string): boolean {
  return folded(name).includes(folded(typed))
}
