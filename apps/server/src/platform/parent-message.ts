import { z } from 'zod'

/** What the server tells the process that supervises it, once it answers requests. */
export const readyMessageSchema = z.object({
  kind: z.literal('ready'),
  port: z.number().int(),
  setupToken: z.string().nullable(),
})

/** Reports to the supervisor; false: there is none. */
export function reportReady(message: Omit<z.infer<typeof readyMessageSchema>, 'kind'>): boolean {
  return process.send?.({ kind: 'ready', ...message }) ?? false
}
