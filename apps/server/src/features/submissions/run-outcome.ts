import { errorCodes } from '@taikai/shared/errors'
import { engineNotes } from '@taikai/shared/model/engine-name'
import { z } from 'zod'

const reasonSchema = z.object({
  code: z.enum(errorCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})

/** Why a run gave no score, as its row says. */
export function parseReason(code: string | null, params: unknown): z.infer<typeof reasonSchema> {
  return reasonSchema.parse({ code, params: params ?? {} })
}

export const engineNoteSchema = z.enum(engineNotes).nullable()
