/**
 * What this browser knows of submissions that are waited for: kept over pages and tabs, so that each that ends is told once. It
 * belongs to one account.
 */
type Kept = { userId: string; waiting: string[]; told: Record<string, { at: number; by: string }> }

const key = 'taikai-waiting'
/** What a tab heard so shortly after another told of the end may be from before it. */
const marginMs = 5_000
const rememberedTold = 50

type Store = Pick<Storage, 'getItem' | 'setItem'>

function read(store: Store, userId: string): Kept {
  const text = store.getItem(key)
  const kept: Kept | null = text === null ? null : JSON.parse(text)
  return kept?.userId === userId ? kept : { userId, waiting: [], told: {} }
}

/** Remembers what waits, as the server said at `at` (ms), and gives what waited before and does not any more. */
export function noteWaiting(store: Store, userId: string, ids: readonly string[], at: number): string[] {
  const kept = read(store, userId)
  const fresh = ids.filter(
    (id) => !kept.waiting.includes(id) && at > (kept.told[id]?.at ?? Number.NEGATIVE_INFINITY) + marginMs,
  )
  if (fresh.length > 0) store.setItem(key, JSON.stringify({ ...kept, waiting: [...kept.waiting, ...fresh] }))
  return kept.waiting.filter((id) => !ids.includes(id))
}

/**
 * Takes a submission off the list at `at` (ms), for the tab `by` to tell that it ended. False where another tab was first. Two that
 * take it at the same time both get true: a tab reads what another wrote a moment later. Then `isTaker` knows.
 */
export function takeEnded(store: Store, userId: string, id: string, by: string, at: number): boolean {
  const kept = read(store, userId)
  if (!kept.waiting.includes(id)) return false
  const told = Object.fromEntries([...Object.entries(kept.told), [id, { at, by }]].slice(-rememberedTold))
  store.setItem(key, JSON.stringify({ userId, waiting: kept.waiting.filter((other) => other !== id), told }))
  return true
}

/** Whether it was the tab `by` that took the submission: of several at the same time, the one whose note stayed. */
export function isTaker(store: Store, userId: string, id: string, by: string): boolean {
  return read(store, userId).told[id]?.by === by
}
