import type { Announcement } from '@taikai/shared/wire/announcement'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Panel } from '../../../components/ui/panel.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { announcementsQuery, readAnnouncement } from '../api/announcements.ts'
import { AnnouncementItem } from './announcement-item.tsx'

type Props = { slug: string; timeZone: string }

/** What the instructor told, for those who take part. What is shown here counts as read; it keeps its mark until one leaves. */
export function AnnouncementsPanel({ slug, timeZone }: Props) {
  const { t } = useTexts()
  const { data: announcements = [] } = useQuery(announcementsQuery(slug))
  const isNew = useReading(slug, announcements)
  if (announcements.length === 0) return null
  return (
    <Panel title={t('announcements.title')}>
      {announcements.map((announcement) => (
        <AnnouncementItem
          key={announcement.id}
          announcement={announcement}
          timeZone={timeZone}
          isNew={isNew(announcement.id)}
        />
      ))}
    </Panel>
  )
}

/** Tells the server of every unread announcement that it was read. Gives which of them were unread when they came. */
function useReading(slug: string, announcements: readonly Announcement[]): (id: string) => boolean {
  const queryClient = useQueryClient()
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const unread = announcements.filter(({ id, read }) => !read && !seen.has(id)).map(({ id }) => id)
    if (unread.length === 0) return
    setSeen(new Set([...seen, ...unread]))
    // What could not be told now stays unread, and is told the next time that this page is opened.
    void Promise.allSettled(unread.map((id) => readAnnouncement(slug, id))).then(() =>
      queryClient.invalidateQueries({ queryKey: ['announcements', slug] }),
    )
  }, [slug, announcements, seen, queryClient])
  return (id) => seen.has(id)
}
