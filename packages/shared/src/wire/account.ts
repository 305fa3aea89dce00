import { z } from 'zod'

export const passwordSchema = z.string().min(10).max(128)
export const personNameSchema = z.string().trim().min(1).max(60)
export const emailSchema = z.email().max(200)

export const meSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(['STUDENT', 'INSTRUCTOR']),
  /** While an instructor sees the site as this student: who, and until when. */
  viewAs: z.object({ instructor: z.string(), until: z.iso.datetime() }).nullable(),
})
export type Me = z.infer<typeof meSchema>

/** GET /api/me: null when nobody is signed in. */
export const meResponseSchema = z.object({ me: meSchema.nullable() })

/** POST /api/setup: the first instructor, with the one-time link that the first start printed. */
export const setupSchema = z.object({
  token: z.string().min(1),
  name: personNameSchema,
  email: emailSchema,
  password: passwordSchema,
})
export type Setup = z.infer<typeof setupSchema>

/**
 * POST /api/register: a student's account, made with a round's join code or with a team's invitation, and joins that. With
 * neither where registration is open: then no round is joined.
 */
export const registerSchema = z
  .object({
    joinCode: z.string().trim().min(1).optional(),
    inviteCode: z.string().min(1).optional(),
    name: personNameSchema,
    email: emailSchema,
    password: passwordSchema,
  })
  .refine(({ joinCode, inviteCode }) => joinCode === undefined || inviteCode === undefined, {
    path: ['inviteCode'],
  })
export type Register = z.infer<typeof registerSchema>
export const registerResponseSchema = z.object({ roundSlug: z.string().nullable() })

/** GET /api/join-codes/:code: what a person about to register is joining. */
export const joinCodeResponseSchema = z.object({ roundSlug: z.string(), roundTitle: z.string() })

export const signInSchema = z.object({ email: emailSchema, password: z.string().min(1) })
export type SignIn = z.infer<typeof signInSchema>

/** PUT /api/me/password */
export const changePasswordSchema = z.object({
  currentPassword: z.string().min(1),
  newPassword: passwordSchema,
})
export type ChangePassword = z.infer<typeof changePasswordSchema>

export const createApiKeySchema = z.object({
  name: z.string().trim().min(1).max(60),
  expiresInDays: z.number().int().min(1).max(365),
})
export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Its first characters, to tell keys apart. */
  start: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
})
export type ApiKey = z.infer<typeof apiKeySchema>
export const apiKeyListSchema = z.object({ apiKeys: z.array(apiKeySchema) })
/** POST /api/me/api-keys: the only time that the key itself is shown. */
export const createdApiKeySchema = z.object({ apiKey: apiKeySchema, key: z.string() })
