import { type ChildProcess, spawn } from 'node:child_process'
import { Readable, Writable } from 'node:stream'
import type { EngineName } from '@taikai/shared/model/engine-name'
import { childEnvironment, childNodeArguments } from './child-arguments.ts'
import type { ChildLimits } from './child-limits.ts'
import { noEngine } from './protocol.ts'
import { type Sandbox, sandboxCommand } from './sandbox.ts'

/** All that is settled when a child starts; the rest comes with its request. */
export type ChildPlan = {
  engine: EngineName | typeof noEngine
  /** Whether it can read HDF5: loading that reader is half of what a child loads that only inspects. */
  hdf5: boolean
  limits: Pick<ChildLimits, 'cpuSeconds' | 'memoryBytes'>
  sandbox: Sandbox
  /** All cores when left out. */
  threads?: number
}

/** A child in its sandbox that loads its code and then waits for a request, and the parent's ends of its pipes. */
export type StartedChild = {
  process: ChildProcess
  request: Writable
  /** Null for a child that only inspects. */
  images: Writable | null
  answer: Readable
  errors: Readable
}
export type StartChild = (plan: ChildPlan) => StartedChild

/** Starts a child from nothing. One whose program cannot be started emits `error`. */
export const startChild: StartChild = ({ engine, hdf5, limits, sandbox, threads }) => {
  const [command, ...args] = sandboxCommand(sandbox, limits, childNodeArguments(engine, hdf5, sandbox.user))
  const child = spawn(command, args, {
    env: childEnvironment(engine, threads),
    stdio: ['pipe', 'ignore', 'pipe', 'pipe', 'pipe', engine === noEngine ? 'ignore' : 'pipe'],
  })
  // Whoever follows the child hears of it too. Where even the pipes are missing (no file descriptors left) nobody will.
  child.on('error', () => undefined)
  const [, , errors, request, answer, images]: readonly unknown[] = child.stdio ?? []
  if (!(request instanceof Writable) || !(answer instanceof Readable) || !(errors instanceof Readable))
    throw new Error('the pipes of the scoring child are missing')
  const imagesPipe = images instanceof Writable ? images : null
  // A child that ends before it has read everything breaks these pipes; how it ended is judged on close.
  for (const pipe of [request, imagesPipe, child.stdin]) pipe?.on('error', () => undefined)
  return { process: child, request, images: imagesPipe, answer, errors }
}
