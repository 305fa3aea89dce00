import { z } from 'zod'
import { roundModelRulesSchema } from '../model/layer-rules.ts'
import { rankingMetrics } from '../ranking-metric.ts'
import { roundStates } from '../round-state.ts'
import { datasetSummarySchema } from './dataset.ts'
import { disqualificationSchema } from './submission.ts'

export const slugSchema = z
  .string()
  .regex(/^[a-z0-9](-?[a-z0-9])*$/)
  .max(60)
export const timeZoneSchema = z
  .string()
  .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC')

/** How entries are named in the ranking: by their own name, by their members' names, or by a name that says nothing. */
export const rankingNames = ['HANDLE', 'REAL', 'PSEUDONYM'] as const
/** Who may join: whoever has the code, whoever is signed in, or whom the instructor put on the list. */
export const joinPolicies = ['CODE', 'OPEN', 'ROSTER'] as const

const instant = z.iso.datetime({ offset: true }).nullable()
const count = z.number().int().min(1)

/** What a round's rules limit, as set by the instructor and shown to students. Null: no limit. */
export const roundRulesSchema = z.object({
  ...roundModelRulesSchema.shape,
  metric: z.enum(rankingMetrics),
  submissionsPerDay: count.max(1000).nullable(),
  submissionsTotal: count.max(100_000).nullable(),
  uploadMaxBytes: z
    .number()
    .int()
    .min(1024)
    .max(1024 ** 3),
  /** How many submissions an entry may pick for the final ranking. */
  finalPicks: count.max(20),
  teamSize: count.max(50),
  rankingNames: z.enum(rankingNames),
  joinPolicy: z.enum(joinPolicies),
})
export type RoundRules = z.infer<typeof roundRulesSchema>

/** What a new round has where its request says nothing. */
export const defaultRules: RoundRules = {
  metric: 'accuracy',
  submissionsPerDay: null,
  submissionsTotal: null,
  uploadMaxBytes: 40 * 1024 ** 2,
  maxParameters: null,
  maxMacs: null,
  requiredLayers: [],
  forbiddenLayers: [],
  finalPicks: 2,
  teamSize: 1,
  rankingNames: 'HANDLE',
  joinPolicy: 'CODE',
}

const settingsSchema = z.object({
  title: z.string().trim().min(1).max(120),
  /** Markdown. */
  description: z.string().max(20_000),
  datasetId: z.uuid(),
  publicPercent: z.number().int().min(1).max(99),
  timeZone: timeZoneSchema,
  opensAt: instant,
  freezesAt: instant,
  closesAt: instant,
  visitorsMaySee: z.boolean(),
})
/** POST: rules that are absent are as in `defaultRules`. */
export const createRoundSchema = settingsSchema
  .extend({ slug: slugSchema, freezesAt: instant.default(null) })
  .extend(roundRulesSchema.partial().shape)
export type CreateRound = z.infer<typeof createRoundSchema>
/** PATCH: what stands is changed, what is absent stays. Dataset and public share are locked once anything was submitted. */
export const updateRoundSchema = settingsSchema.extend(roundRulesSchema.shape).partial()
export type UpdateRound = z.infer<typeof updateRoundSchema>

/** POST /api/rounds/:slug/clone: the settings and rules of one round for a new draft. */
export const cloneRoundSchema = settingsSchema.pick({ title: true }).extend({ slug: slugSchema })
export type CloneRound = z.infer<typeof cloneRoundSchema>
/** POST /api/rounds/:slug/reopen: until when; null: without an end. */
export const reopenRoundSchema = z.object({ closesAt: instant })

export const roundSchema = z.object({
  slug: slugSchema,
  title: z.string(),
  description: z.string(),
  state: z.enum(roundStates),
  timeZone: z.string(),
  opensAt: z.iso.datetime().nullable(),
  freezesAt: z.iso.datetime().nullable(),
  closesAt: z.iso.datetime().nullable(),
  publishedAt: z.iso.datetime().nullable(),
  /** Whether the ranking that others see stands still. */
  rankingFrozen: z.boolean(),
  rules: roundRulesSchema,
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

/** Without a code: for rounds that whoever is signed in may join. */
export const joinRoundSchema = z.object({ joinCode: z.string().trim().min(1).optional() })
export const entryNameSchema = z.string().trim().min(1).max(60)
/** GET/PUT /api/rounds/:slug/entry */
export const updateEntrySchema = z.object({ name: entryNameSchema })
/** How often an entry may still submit. Null: without limit. Days are those of the round's time zone. */
export const quotaSchema = z.object({
  dayLimit: z.number().int().nullable(),
  dayLeft: z.number().int().nullable(),
  /** When the next slot comes; null where one is there now, and where none comes before the round closes. */
  nextSlotAt: z.iso.datetime().nullable(),
  totalLimit: z.number().int().nullable(),
  totalLeft: z.number().int().nullable(),
})
export type Quota = z.infer<typeof quotaSchema>
export const entrySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  members: z.array(z.object({ id: z.string(), name: z.string() })),
  /** In the link by which others are invited; null while there is none. */
  inviteCode: z.string().nullable(),
  /** Whether it has submitted: only an instructor changes its members then. */
  locked: z.boolean(),
  disqualified: disqualificationSchema,
  quota: quotaSchema,
})
export type Entry = z.infer<typeof entrySchema>
