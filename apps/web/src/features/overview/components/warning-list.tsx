import { Alert } from '@mantine/core'
import type { OverviewWarning } from '@taikai/shared/wire/overview'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../../i18n/i18n.ts'
import { dateTime, fileSize } from '../../../lib/format.ts'
import classes from './warning-list.module.css'

/** While one of these holds, submissions are not scored, or soon cannot be taken. */
const urgent: readonly OverviewWarning['code'][] = [
  'NO_WORKER',
  'NO_WORKER_RUNS_WAITING',
  'ENGINE_MISSING',
  'DISK_LOW',
  'RUNS_FAILED',
]

/** What is wrong in words, what to do, and the way to where it is done. */
export function WarningList({ warnings }: { warnings: readonly OverviewWarning[] }) {
  const { t } = useTexts()
  if (warnings.length === 0) return <p className="muted">{t('overview.ok')}</p>
  return warnings.map((warning) => <WarningAlert key={JSON.stringify(warning)} warning={warning} />)
}

function WarningAlert({ warning }: { warning: OverviewWarning }) {
  const { t, gap } = useTexts()
  const values = useShownValues(warning)
  const { code } = warning
  return (
    <Alert
      role="status"
      className={classes.warning}
      color={urgent.includes(code) ? 'shu' : 'yellow'}
      variant="light"
      c="var(--ink)"
      my="md"
      title={t(`overview.warning.${code}.title`, values)}
    >
      {t(`overview.warning.${code}.action`, values)}
      {gap}
      <WarningLink warning={warning} />
    </Alert>
  )
}

/** The parameters of a warning as its texts show them. */
function useShownValues({ code, params }: OverviewWarning): Record<string, string | number> {
  const { locale } = useTexts()
  if (code === 'DISK_LOW') return { free: fileSize(params.freeBytes), total: fileSize(params.totalBytes) }
  if (code === 'BACKUP_OLD') return { time: dateTime(params.newestAt, locale) }
  return params
}

function WarningLink({ warning: { code, params } }: { warning: OverviewWarning }) {
  const { t } = useTexts()
  switch (code) {
    case 'ENGINE_MISSING':
      return (
        <Link to="/admin/rounds/$slug/rescores" params={{ slug: params.slug }}>
          {t(`overview.warning.${code}.link`)}
        </Link>
      )
    case 'RUNS_FAILED':
      return (
        <Link to="/submissions/$id" params={{ id: params.newestSubmissionId }}>
          {t(`overview.warning.${code}.link`)}
        </Link>
      )
    case 'ROUND_UNFINISHED':
      return (
        <Link to="/rounds/$slug/submissions" params={{ slug: params.slug }}>
          {t(`overview.warning.${code}.link`)}
        </Link>
      )
    case 'BACKUP_OLD':
    case 'BACKUP_NONE':
      return <a href="#backups">{t(`overview.warning.${code}.link`)}</a>
    default:
      // What has to be done there is done on the machine.
      return null
  }
}
