import type { Announcement } from '@taikai/shared/wire/announcement'
import type { ReactNode } from 'react'
import { Markdown } from '../../../components/ui/markdown.tsx'
import { RoundTime, useRoundTime } from '../../../components/ui/round-time.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import classes from './announcements.module.css'

type Props = { announcement: Announcement; timeZone: string; isNew?: boolean; children?: ReactNode }

/** One announcement; `children` is what can be done with it. */
export function AnnouncementItem({ announcement, timeZone, isNew = false, children }: Props) {
  const { t } = useTexts()
  const at = useRoundTime(timeZone)
  const { body, createdAt, updatedAt } = announcement
  return (
    <article className={classes.item}>
      <div className={classes.when}>
        {isNew && <span className={classes.new}>{t('announcements.new')}</span>}
        <RoundTime instant={createdAt} timeZone={timeZone} />
        {updatedAt !== createdAt && (
          <span className="muted"> · {t('announcements.edited', { time: at(updatedAt) })}</span>
        )}
      </div>
      <Markdown text={body} />
      {children}
    </article>
  )
}
