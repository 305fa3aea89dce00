import type { EventHub, ServerEvent } from './events.ts'

/** Nothing that is kept in memory is older, whatever became of the connection that tells of changes. */
export const keptAtMostMs = 60_000

export type KeptValue<T> = { get(): Promise<T>; forget(): void }

/**
 * A value that is read when it is first asked for, and kept until an event makes it stale, `forget` is called, or a minute is over.
 * While events cannot be heard it is read each time. A reading that a change overtakes is not kept.
 */
export function keepValue<T>(
  events: EventHub,
  isStale: (event: ServerEvent) => boolean,
  read: () => Promise<T>,
): KeptValue<T> {
  let kept: { value: Promise<T>; at: number } | null = null
  const forget = () => {
    kept = null
  }
  events.subscribe((event) => {
    if (isStale(event)) forget()
  })

  function get(): Promise<T> {
    if (!events.connected) return read()
    if (kept !== null && performance.now() - kept.at < keptAtMostMs) return kept.value
    const reading = { value: read(), at: performance.now() }
    kept = reading
    reading.value.catch(() => {
      if (kept === reading) forget()
    })
    return reading.value
  }
  return { get, forget }
}
