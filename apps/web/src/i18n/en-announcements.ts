import type { jaAnnouncements } from './ja-announcements.ts'

export const enAnnouncements: typeof jaAnnouncements = {
  announcements: {
    title: 'Announcements',
    unread_one: '{{count}} unread announcement',
    unread_other: '{{count}} unread announcements',
    new: 'New',
    edited: 'edited {{time}}',
    empty: 'There are no announcements yet.',
    lead: 'Participants see a mark on the round’s pages until they have read it.',
    body: 'Text (Markdown)',
    post: 'Post',
    posted: 'The announcement is posted',
    edit: 'Edit',
    saved: 'The announcement is changed',
    delete: 'Delete',
    deleteSure: 'This announcement is deleted for good.',
    deleted: 'The announcement is deleted',
  },
}
