import { z } from 'zod'

/** The response schema of a route that answers with bytes: they leave as they are, and the description says that they are bytes. */
export const binarySchema = z.unknown().meta({ type: 'string', format: 'binary' })
