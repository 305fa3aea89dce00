import { randomUUID } from 'node:crypto'

/** The id here of what had another id on the server that wrote the zip. */
export type IdMap = (id: string) => string

export const sameIds: IdMap = (id) => id

/**
 * New ids for all, in the order of the old ones: of equals in a ranking the lower id stands first. Each of `ordered` is one kind of
 * thing; what is in none of them gets an id without an order.
 */
export function freshIds(...ordered: (readonly string[])[]): IdMap {
  const ids = new Map<string, string>()
  for (const kind of ordered) {
    const made = kind.map(() => randomUUID()).sort()
    for (const [at, old] of kind.toSorted().entries()) ids.set(old, made[at] ?? randomUUID())
  }
  return (id) => {
    const known = ids.get(id) ?? randomUUID()
    ids.set(id, known)
    return known
  }
}
