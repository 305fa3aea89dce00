import type { Announcement } from '@taikai/shared/wire/announcement'
import type { Viewer } from '../../http/viewer.ts'
import type { AnnouncementForViewer } from './announcements.repository.ts'

export function presentAnnouncement(row: AnnouncementForViewer, viewer: Viewer | null): Announcement {
  return {
    id: row.id,
    body: row.body,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    read: viewer === null || row.readers.length > 0,
  }
}
