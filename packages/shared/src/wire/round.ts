import { z } from 'zod'
import { roundStates } from '../round-state.ts'
import { datasetSummarySchema } from './dataset.ts'

export const slugSchema = z
  .string()
  .regex(/^[a-z0-9](-?[a-z0-9])*$/)
  .max(60)
export const timeZoneSchema = z
  .string()
  .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC')

const editable = {
  title: z.string().trim().min(1).max(120),
  /** Markdown. */
  description: z.string().max(20_000),
  datasetId: z.uuid(),
  publicPercent: z.number().int().min(1).max(99),
  timeZone: timeZoneSchema,
  opensAt: z.iso.datetime({ offset: true }).nullable(),
  closesAt: z.iso.datetime({ offset: true }).nullable(),
  uploadMaxBytes: z
    .number()
    .int()
    .min(1024)
    .max(1024 ** 3),
  visitorsMaySee: z.boolean(),
}
export const createRoundSchema = z.object({ slug: slugSchema, ...editable })
export type CreateRound = z.infer<typeof createRoundSchema>
/** PATCH: what stands is changed, what is absent stays. Dataset and public share are locked once anything was submitted. */
export const updateRoundSchema = z.object(editable).partial()
export type UpdateRound = z.infer<typeof updateRoundSchema>

export const roundSchema = z.object({
  slug: slugSchema,
  title: z.string(),
  description: z.string(),
  state: z.enum(roundStates),
  timeZone: z.string(),
  opensAt: z.iso.datetime().nullable(),
  closesAt: z.iso.datetime().nullable(),
  uploadMaxBytes: z.number().int(),
  visitorsMaySee: z.boolean(),
  dataset: datasetSummarySchema,
  publicCount: z.number().int(),
  /** The viewer's own entry; null when not joined. */
  entry: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** Instructors only. */
  admin: z
    .object({ joinCode: z.string(), publicPercent: z.number().int(), submissionCount: z.number().int() })
    .nullable(),
  /** The server's clock when it answered: countdowns go by it. */
  serverTime: z.iso.datetime(),
})
export type Round = z.infer<typeof roundSchema>
export const roundListSchema = z.object({ rounds: z.array(roundSchema) })

export const joinRoundSchema = z.object({ joinCode: z.string().trim().min(1) })
export const entryNameSchema = z.string().trim().min(1).max(60)
/** GET/PUT /api/rounds/:slug/entry */
export const updateEntrySchema = z.object({ name: entryNameSchema })
export const entrySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  members: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type Entry = z.infer<typeof entrySchema>
