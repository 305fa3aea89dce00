import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { promisify } from 'node:util'
import { z } from 'zod'
import { answer, type EngineOptions } from './engine.ts'
import { requestSchema } from './requests.ts'

const envelope = z.object({ id: z.unknown(), method: z.string().optional() })

/** Answers JSON-RPC requests, one per line and one after the other, until `input` ends; resolves when the last answer is out. */
export async function serve(input: Readable, output: Writable, options: EngineOptions): Promise<void> {
  const write = promisify((text: string, done: (error?: Error | null) => void) => output.write(text, done))
  const send = (message: object) => write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  for await (const line of createInterface({ input })) {
    const message: unknown = JSON.parse(line)
    const { id, method } = envelope.parse(message)
    if (method === undefined) continue // the acknowledgement of a `print`
    try {
      const result = await answer(requestSchema.parse(message), options, (content) =>
        send({ id: `print-${id}`, method: 'print', params: { content } }),
      )
      await send({ id, result })
    } catch (error) {
      await send({ id, error: toRpcError(error) })
    }
  }
}

/** The engine throws errors with a code (P1012, P3009, …), of which Prisma's command line shows code and message. */
const engineErrorSchema = z.object({
  message: z.string(),
  code: z
    .string()
    .regex(/^P\d+$/)
    .optional()
    .catch(undefined),
})

function toRpcError(error: unknown) {
  const known = error instanceof z.ZodError ? { message: z.prettifyError(error) } : error
  const { message, code } = engineErrorSchema.parse(known)
  return { code: 4466, message, data: { is_panic: false, message, error_code: code ?? null } }
}
