/** Why the service cannot start, in one sentence of each language: shown to the operator without a stack trace. */
export class StartupError extends Error {
  override readonly name = 'StartupError'

  constructor(japanese: string, english: string, options?: ErrorOptions) {
    super(`${japanese}\n${english}`, options)
  }
}
