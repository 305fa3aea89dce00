import { z } from 'zod'

/** POST and PATCH by an instructor. `body` is Markdown. */
export const announcementInputSchema = z.object({ body: z.string().trim().min(1).max(10_000) })
export type AnnouncementInput = z.infer<typeof announcementInputSchema>

export const announcementSchema = z.object({
  id: z.uuid(),
  /** Markdown. */
  body: z.string(),
  createdAt: z.iso.datetime(),
  /** Later than createdAt where it was edited. */
  updatedAt: z.iso.datetime(),
  /** Whether the viewer has read it; always true for who is not signed in, and cannot be reminded. */
  read: z.boolean(),
})
export type Announcement = z.infer<typeof announcementSchema>
/** Newest first. */
export const announcementListSchema = z.object({ announcements: z.array(announcementSchema) })
