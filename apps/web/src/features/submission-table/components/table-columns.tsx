import type { TableSort } from '@taikai/shared/submission-table'
import type { TableRow } from '@taikai/shared/wire/submission-table'
import type { ReactNode } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'
import { compactCount, dateTime, fileSize, percent } from '../../../lib/format.ts'

export const columnKeys = [
  'round',
  'status',
  'received',
  'public',
  'private',
  'duration',
  'parameters',
  'engine',
  'format',
  'size',
  'pick',
] as const
export type ColumnKey = (typeof columnKeys)[number]

export type Column = {
  key: ColumnKey
  title: string
  /** By what its head sorts. */
  sort?: TableSort
  right?: true
  cell(row: TableRow): ReactNode
}

const wideDefault: readonly ColumnKey[] = [
  'round',
  'status',
  'received',
  'public',
  'private',
  'duration',
  'engine',
]
const narrowDefault: readonly ColumnKey[] = ['status', 'public']

/** The columns that an address asks for, in their own order; without any, those that fit the screen. */
export function chosenColumns(columns: string | undefined, narrow: boolean): readonly ColumnKey[] {
  if (columns === undefined) return narrow ? narrowDefault : wideDefault
  const asked = columns.split(',')
  return columnKeys.filter((key) => asked.includes(key))
}

const share = (counts: TableRow['public']) =>
  counts === null ? '–' : `${percent(counts.correct / counts.total)}%`

/** Every column with its title in the viewer's language. */
export function useColumns(): Record<ColumnKey, Column> {
  const { t, locale } = useTexts()
  const status = ({ status: name, disqualified, reasonCode }: TableRow) => (
    <>
      <span
        style={name === 'FAILED' || name === 'REJECTED' || disqualified ? { color: 'var(--shu-ink)' } : {}}
      >
        {t(`submission.status.${name}`)}
        {disqualified && ` · ${t('table.disqualified')}`}
      </span>
      {reasonCode !== null && <div className="muted">{reasonCode}</div>}
    </>
  )
  return {
    round: { key: 'round', title: t('table.round'), cell: (row) => row.roundTitle },
    status: { key: 'status', title: t('submission.state'), cell: status },
    received: {
      key: 'received',
      title: t('table.received'),
      sort: 'received',
      cell: ({ receivedAt }) => (
        <time dateTime={receivedAt} className="num">
          {dateTime(receivedAt, locale)}
        </time>
      ),
    },
    public: {
      ...{ key: 'public', title: t('table.public'), sort: 'public', right: true },
      cell: (row) => share(row.public),
    },
    private: {
      ...{ key: 'private', title: t('table.private'), sort: 'private', right: true },
      cell: (row) => share(row.private),
    },
    duration: {
      ...{ key: 'duration', title: t('table.duration'), sort: 'duration', right: true },
      cell: ({ durationMs }) =>
        durationMs === null ? '–' : t('table.seconds', { count: Math.round(durationMs / 100) / 10 }),
    },
    parameters: {
      ...{ key: 'parameters', title: t('submission.parameters'), sort: 'parameters', right: true },
      cell: ({ parameters }) => compactCount(parameters),
    },
    engine: { key: 'engine', title: t('submission.engine'), cell: ({ engine }) => engine ?? '–' },
    format: {
      key: 'format',
      title: t('table.format'),
      cell: ({ format }) => t(`submission.formats.${format}`),
    },
    size: {
      ...{ key: 'size', title: t('table.size'), right: true },
      cell: ({ uploadBytes }) => fileSize(uploadBytes),
    },
    pick: {
      key: 'pick',
      title: t('table.pick'),
      cell: ({ finalPick }) => (finalPick ? t('table.picked') : '–'),
    },
  }
}
