/** The texts of an address's query under known names; what is empty or of another kind is left out. */
export function searchTexts<Key extends string>(
  search: Record<string, unknown>,
  keys: readonly Key[],
): Partial<Record<Key, string>> {
  const texts: Partial<Record<Key, string>> = {}
  for (const key of keys) {
    const value = search[key]
    if (typeof value === 'string' && value !== '') texts[key] = value
  }
  return texts
}

/** A query with the texts of an address, in which days (`2026-11-24`) become the instants at which they begin and end here. */
export function queryWithDays({ from, to, ...texts }: Partial<Record<string, string>>): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(texts)) if (value !== undefined) query.set(key, value)
  setInstant(query, 'from', from, 0)
  setInstant(query, 'to', to, 1)
  return query.toString()
}

function setInstant(query: URLSearchParams, key: string, day: string | undefined, daysLater: number): void {
  if (day === undefined) return
  const instant = new Date(`${day}T00:00`)
  // An address that was mended by hand: as if it said nothing.
  if (Number.isNaN(instant.getTime())) return
  instant.setDate(instant.getDate() + daysLater)
  query.set(key, instant.toISOString())
}
