import { once } from 'node:events'
import { type ChildPlan, type StartChild, type StartedChild, startChild } from './start-child.ts'

/** Loading keeps a core busy for half a second: a short run, and what follows it, has the machine for itself first. */
const nextAfterMs = 1_000
/** At most one in this time replaces those that die while they wait: a program that cannot start must not keep a core busy. */
const replaceAfterMs = 10_000

export type SpareChild = {
  /** Gives the waiting child, which may still be loading; a run of another plan, or one too many, gets a cold one. */
  start: StartChild
  /** Resolves when the waiting child has ended; runs that come later get cold ones. */
  close(): Promise<void>
}

/**
 * Keeps one child waiting that has loaded its code and its engine behind all walls, so that a run need not. Each is used once;
 * the next one starts a second after it was taken, and not beside a run while `anotherWaits` says that none would have it: loading
 * takes from that run. It sleeps while it waits: its limit on processor time counts loading, as a cold child's does, and nothing of
 * the wait. It ends with this process, as every child does.
 */
export function keepSpareChild(plan: ChildPlan, anotherWaits: () => Promise<boolean>): SpareChild {
  let waiting: StartedChild | null = null
  let timer: NodeJS.Timeout | undefined
  const running = new Set<StartedChild>()
  let closed = false

  function refill(): void {
    clearTimeout(timer)
    if (closed || waiting !== null) return
    const spare = startChild(plan)
    const startedAt = performance.now()
    waiting = spare
    const lost = () => {
      if (waiting !== spare) return
      waiting = null
      timer = setTimeout(refillOrWait, startedAt + replaceAfterMs - performance.now())
    }
    spare.process.once('error', lost)
    spare.process.once('exit', lost)
  }

  async function refillWhenItPays(): Promise<void> {
    if (running.size === 0 || (await anotherWaits())) refillOrWait()
    else if (!closed) refillLater()
  }
  /** What keeps a child from starting is told where a run needs one: this process goes on without a spare. */
  function refillOrWait(): void {
    try {
      refill()
    } catch {
      timer = setTimeout(refillOrWait, replaceAfterMs)
    }
  }
  function refillLater(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void refillWhenItPays(), nextAfterMs)
  }
  function followed(child: StartedChild): StartedChild {
    running.add(child)
    for (const end of ['error', 'exit']) child.process.once(end, () => running.delete(child))
    return child
  }

  refill()
  return {
    start(wanted) {
      if (waiting === null || !suits(plan, wanted)) return followed(startChild(wanted))
      const spare = waiting
      waiting = null
      refillLater()
      return followed(spare)
    },
    async close() {
      closed = true
      clearTimeout(timer)
      if (waiting === null) return
      const { process: spare } = waiting
      waiting = null
      const ended = once(spare, 'exit')
      spare.kill('SIGKILL')
      await ended
    },
  }
}

/** Whether a child started by `plan` can do what one that `wanted` would have started can, behind the same walls. */
function suits(plan: ChildPlan, wanted: ChildPlan): boolean {
  return (
    plan.engine === wanted.engine &&
    (plan.hdf5 || !wanted.hdf5) &&
    plan.sandbox === wanted.sandbox &&
    plan.threads === wanted.threads &&
    plan.limits.cpuSeconds === wanted.limits.cpuSeconds &&
    plan.limits.memoryBytes === wanted.limits.memoryBytes
  )
}
