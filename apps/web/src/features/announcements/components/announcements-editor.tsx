import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Announcement } from '@taikai/shared/wire/announcement'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmButton } from '../../../components/ui/confirm-button.tsx'
import { Panel } from '../../../components/ui/panel.tsx'
import { QueryView } from '../../../components/ui/query-view.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import {
  announcementsQuery,
  deleteAnnouncement,
  editAnnouncement,
  postAnnouncement,
} from '../api/announcements.ts'
import { AnnouncementForm } from './announcement-form.tsx'
import { AnnouncementItem } from './announcement-item.tsx'

type Props = { slug: string; timeZone: string }

/** Where an instructor posts, edits and deletes what they tell those who take part. */
export function AnnouncementsEditor({ slug, timeZone }: Props) {
  const { t } = useTexts()
  const announcements = useQuery(announcementsQuery(slug))
  const saved = useSaved(slug)
  return (
    <Panel title={t('announcements.title')}>
      <p>{t('announcements.lead')}</p>
      <AnnouncementForm
        initialBody=""
        action={t('announcements.post')}
        onSubmit={async (body) => {
          await postAnnouncement(slug, body)
          await saved(t('announcements.posted'))
        }}
      />
      <QueryView query={announcements}>
        {(list) =>
          list.length === 0 ? (
            <p className="muted">{t('announcements.empty')}</p>
          ) : (
            list.map((one) => <Editable key={one.id} slug={slug} timeZone={timeZone} announcement={one} />)
          )
        }
      </QueryView>
    </Panel>
  )
}

function useSaved(slug: string): (message: string) => Promise<void> {
  const queryClient = useQueryClient()
  return async (message) => {
    notifications.show({ message })
    await queryClient.invalidateQueries({ queryKey: ['announcements', slug] })
  }
}

function Editable({ slug, timeZone, announcement }: Props & { announcement: Announcement }) {
  const { t } = useTexts()
  const [editing, setEditing] = useState(false)
  const saved = useSaved(slug)
  const { id, body } = announcement
  if (editing) {
    return (
      <AnnouncementForm
        initialBody={body}
        action={t('app.save')}
        onSubmit={async (changed) => {
          await editAnnouncement(slug, id, changed)
          await saved(t('announcements.saved'))
          setEditing(false)
        }}
        onCancel={() => setEditing(false)}
      />
    )
  }
  return (
    <AnnouncementItem announcement={announcement} timeZone={timeZone}>
      <Group>
        <Button variant="default" onClick={() => setEditing(true)}>
          {t('announcements.edit')}
        </Button>
        <ConfirmButton
          label={t('announcements.delete')}
          question={t('announcements.deleteSure')}
          onConfirm={async () => {
            await deleteAnnouncement(slug, id)
            await saved(t('announcements.deleted'))
          }}
        />
      </Group>
    </AnnouncementItem>
  )
}
