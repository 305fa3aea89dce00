import type { ServerEvent } from '../../platform/events.ts'

/**
 * Events that wait for one slow reader. Of a topic only the newest waits, because a page refetches anyway:
 * the queue is no longer than there are topics.
 */
export class EventQueue implements AsyncIterable<ServerEvent> {
  readonly #waiting = new Map<string, ServerEvent>()
  #closed = false
  #wake: (() => void) | null = null

  push(event: ServerEvent): void {
    this.#waiting.set(event.topic, event)
    this.#wake?.()
  }

  /** Ends the iteration; what still waits is dropped. */
  close(): void {
    this.#closed = true
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncIterator<ServerEvent> {
    while (!this.#closed) {
      const [next] = this.#waiting.values()
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
        this.#wake = null
      } else {
        this.#waiting.delete(next.topic)
        yield next
      }
    }
  }
}
