import { z } from 'zod'

const readySchema = z.object({
  kind: z.literal('ready'),
  port: z.number().int(),
  setupToken: z.string().nullable(),
})

/** What a program tells the process that supervises it: the server once it answers requests, the worker once it takes runs. */
export const parentMessageSchema = z.discriminatedUnion('kind', [
  readySchema,
  z.object({ kind: z.literal('working') }),
])
type ParentMessage = z.infer<typeof parentMessageSchema>

/** Reports to the supervisor; false: there is none. */
export function reportReady(message: Omit<z.infer<typeof readySchema>, 'kind'>): boolean {
  return report({ kind: 'ready', ...message })
}

/** Reports to the supervisor, where there is one. */
export function reportWorking(): void {
  report({ kind: 'working' })
}

function report(message: ParentMessage): boolean {
  return process.send?.(message) ?? false
}
