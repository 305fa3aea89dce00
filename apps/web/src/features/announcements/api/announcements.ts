import type { Announcement } from '@taikai/shared/wire/announcement'
import { queryOptions } from '@tanstack/react-query'
import { getJson, sendJson, sendWithoutAnswer } from '../../../lib/api-client.ts'

const path = (slug: string) => `/api/rounds/${encodeURIComponent(slug)}/announcements`

/** Newest first. */
export const announcementsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['announcements', slug],
    queryFn: async ({ signal }) =>
      (await getJson<{ announcements: Announcement[] }>(path(slug), signal)).announcements,
  })

export const postAnnouncement = (slug: string, body: string) =>
  sendJson<Announcement>('POST', path(slug), { body })

export const editAnnouncement = (slug: string, id: string, body: string) =>
  sendJson<Announcement>('PATCH', `${path(slug)}/${id}`, { body })

export const deleteAnnouncement = (slug: string, id: string) =>
  sendWithoutAnswer('DELETE', `${path(slug)}/${id}`)

export const readAnnouncement = (slug: string, id: string) =>
  sendWithoutAnswer('POST', `${path(slug)}/${id}/read`)
