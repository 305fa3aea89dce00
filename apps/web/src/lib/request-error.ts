import type { Problem } from '@taikai/shared/wire/problem'

/** A request that did not succeed: refused with a problem, or without one when the server was not reached. */
export class RequestError extends Error {
  readonly problem: Problem | null

  constructor(problem: Problem | null, options?: ErrorOptions) {
    super(problem === null ? 'The server was not reached' : `${problem.code} ${problem.title}`, options)
    this.name = 'RequestError'
    this.problem = problem
  }
}

/** Whether the server was not reached, or its answer did not come: the same request again may do. */
export function wasDropped(error: unknown): boolean {
  return error instanceof RequestError && error.problem === null
}
