import { useQuery } from '@tanstack/react-query'
import { useTexts } from '../../../i18n/i18n.ts'
import { announcementsQuery } from '../api/announcements.ts'
import classes from './announcements.module.css'

/** How many announcements the viewer has not read; nothing where that is none. */
export function UnreadBadge({ slug }: { slug: string }) {
  const { t } = useTexts()
  const { data: announcements = [] } = useQuery(announcementsQuery(slug))
  const count = announcements.filter(({ read }) => !read).length
  if (count === 0) return null
  return (
    <span className={`${classes.badge} num`} role="img" aria-label={t('announcements.unread', { count })}>
      {count}
    </span>
  )
}
