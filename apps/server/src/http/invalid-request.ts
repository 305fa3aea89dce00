import type { Locale } from '@taikai/shared/locale'
import { z } from 'zod'

const issueWords = { ja: z.locales.ja().localeError, en: z.locales.en().localeError }

/** A request whose parameters or body do not fit the route's schema. */
export class InvalidRequestError extends Error {
  readonly #schema: z.ZodType
  readonly #input: unknown

  constructor(schema: z.ZodType, input: unknown) {
    super('request does not fit its schema')
    this.name = 'InvalidRequestError'
    this.#schema = schema
    this.#input = input
  }

  /** Every fault, in words of the locale: parsed anew, because zod finds the words while it parses. */
  issues(locale: Locale): { path: string; message: string }[] {
    const { error } = this.#schema.safeParse(this.#input, { error: issueWords[locale] })
    return error === undefined ? [] : issuesOf(error)
  }
}

/** What a problem tells of each fault: where it is, and what is wrong there. */
export function issuesOf(error: z.ZodError): { path: string; message: string }[] {
  return error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
}
