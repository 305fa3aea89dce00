import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Backup } from '@taikai/shared/wire/backup'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Panel } from '../../../components/ui/panel.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { dateTime, fileSize } from '../../../lib/format.ts'
import { makeBackup } from '../api/make-backup.ts'
import { overviewQuery } from '../api/overview.ts'

/** Backups on the server's disk, the newest first, and a button for one more. */
export function BackupPanel({ backups }: { backups: readonly Backup[] }) {
  const { t } = useTexts()
  const queryClient = useQueryClient()
  const make = useMutation({
    mutationFn: makeBackup,
    onSuccess: async () => {
      notifications.show({ message: t('overview.backupMade') })
      await queryClient.invalidateQueries({ queryKey: overviewQuery.queryKey })
    },
  })
  return (
    <div id="backups">
      <Panel title={t('overview.backups')}>
        <p className="muted">{t('overview.backupsLead')}</p>
        <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
          {t('overview.backupNow')}
        </Button>
        <ProblemAlert error={make.error} />
        {backups.length === 0 ? <p>{t('overview.noBackups')}</p> : <BackupTable backups={backups} />}
      </Panel>
    </div>
  )
}

function BackupTable({ backups }: { backups: readonly Backup[] }) {
  const { t, locale } = useTexts()
  return (
    <table className={table.table} style={{ marginTop: 16 }}>
      <thead>
        <tr>
          <th scope="col">{t('overview.backupAt')}</th>
          <th scope="col">{t('overview.backupFile')}</th>
          <th scope="col" className={table.right}>
            {t('overview.backupSize')}
          </th>
        </tr>
      </thead>
      <tbody>
        {backups.map(({ name, createdAt, bytes }) => (
          <tr key={name}>
            <th scope="row" className="num">
              <time dateTime={createdAt}>{dateTime(createdAt, locale)}</time>
            </th>
            <td>
              <code>{name}</code>
            </td>
            <td className={`${table.right} num`}>{fileSize(bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
