import { z } from 'zod'
import { passwordSchema, personNameSchema } from './account.ts'

export const roleSchema = z.enum(['STUDENT', 'INSTRUCTOR'])

/** `invited`: on the roster, but without a password yet. Who is deleted is shown nowhere. */
export const personStateSchema = z.enum(['invited', 'active', 'deactivated'])
export type PersonState = z.infer<typeof personStateSchema>

export const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  studentNumber: z.string().nullable(),
  role: roleSchema,
  state: personStateSchema,
  lastSignInAt: z.iso.datetime().nullable(),
  entries: z.array(z.object({ roundSlug: z.string(), roundTitle: z.string(), name: z.string() })),
  /** Until when the link that was made last can be used; null while there is none that can. */
  linkExpiresAt: z.iso.datetime().nullable(),
})
export type Person = z.infer<typeof personSchema>

/** GET /api/people: `search` is looked for in name, e-mail address and student number. */
export const peopleQuerySchema = z.object({
  search: z.string().trim().max(100).optional(),
  state: personStateSchema.optional(),
  limit: z.coerce.number().int().min(1).max(2000).default(200),
})
/** The first of them by student number and name, and how many there are in all. */
export const peopleSchema = z.object({ people: z.array(personSchema), total: z.number().int() })
export type People = z.infer<typeof peopleSchema>

export const changeRoleSchema = z.object({ role: roleSchema })

/** POST /api/people/links: new one-time links, which void the ones before. Invitations or resets, as each person needs. */
export const createLinksSchema = z.object({ ids: z.array(z.string()).min(1).max(2000) })
export const personLinkSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  studentNumber: z.string().nullable(),
  purpose: z.enum(['INVITATION', 'RESET']),
  expiresAt: z.iso.datetime(),
  /** The only time that it is shown. Its page is `/invite/<token>`. */
  token: z.string(),
})
export type PersonLink = z.infer<typeof personLinkSchema>
export const personLinksSchema = z.object({ links: z.array(personLinkSchema) })

/** POST /api/password-links/look-up: whose link it is. A POST, because addresses of requests are logged. */
export const passwordLinkTokenSchema = z.object({ token: z.string().min(1).max(100) })
export const passwordLinkSchema = z.object({
  name: z.string(),
  email: z.string(),
  purpose: personLinkSchema.shape.purpose,
})
export type PasswordLinkInfo = z.infer<typeof passwordLinkSchema>

/** POST /api/password-links/use: sets the password, and the name of who was invited, and signs in. */
export const usePasswordLinkSchema = passwordLinkTokenSchema.extend({
  name: personNameSchema,
  password: passwordSchema,
})
export type UsePasswordLink = z.infer<typeof usePasswordLinkSchema>
