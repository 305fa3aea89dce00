import { Checkbox } from '@mantine/core'
import { type TableSort, tablePageSize } from '@taikai/shared/submission-table'
import type { TableRow } from '@taikai/shared/wire/submission-table'
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useRef } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'
import { useTablePages } from '../use-table-pages.ts'
import classes from './submission-table.module.css'
import { type Column, type ColumnKey, useColumns } from './table-columns.tsx'

const rowHeight = 60
/** Rows beyond the window that are there already. */
const overscan = 12

type TableOrder = { sort: TableSort; order: 'asc' | 'desc' }
type Props = {
  /** As `queryWithDays` gives it. */
  query: string
  total: number
  columns: readonly ColumnKey[]
  order: TableOrder
  onSort(order: TableOrder): void
  selected: ReadonlySet<string>
  onSelect(ids: readonly string[], selected: boolean): void
}

/** A table of any length: only the rows in the window are there, and their pages are fetched as they come into it. */
export function SubmissionTable({ query, total, columns, order, onSort, selected, onSelect }: Props) {
  const { t } = useTexts()
  const frame = useRef<HTMLElement>(null)
  const all = useColumns()
  const shown = columns.map((key) => all[key])
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan,
  })
  const items = rows.getVirtualItems()
  const [first, last] = [items[0], items.at(-1)]
  const { rowAt, loaded } = useTablePages(query, {
    firstPage: Math.floor((first?.index ?? 0) / tablePageSize),
    lastPage: Math.floor((last?.index ?? 0) / tablePageSize),
  })
  const loadedIds = loaded.map(({ id }) => id)
  const chosen = loadedIds.filter((id) => selected.has(id)).length
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it with the keyboard.
    <section ref={frame} className={classes.window} aria-label={t('table.scroll')} tabIndex={0}>
      <table className={classes.table} aria-rowcount={total + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">
              <Checkbox
                aria-label={t('table.selectLoaded')}
                checked={chosen > 0 && chosen === loadedIds.length}
                indeterminate={chosen > 0 && chosen < loadedIds.length}
                onChange={({ currentTarget: { checked } }) => onSelect(loadedIds, checked)}
              />
            </th>
            <th scope="col">{t('submission.what')}</th>
            {shown.map((column) => (
              <Head key={column.key} column={column} order={order} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={first?.start ?? 0} span={shown.length + 2} />
          {items.map(({ index }) => {
            const row = rowAt(index)
            return (
              <tr key={index} aria-rowindex={index + 2} aria-selected={row && selected.has(row.id)}>
                {row === undefined ? (
                  <td colSpan={shown.length + 2} className="muted">
                    {t('app.loading')}
                  </td>
                ) : (
                  <Row row={row} columns={shown} selected={selected.has(row.id)} onSelect={onSelect} />
                )}
              </tr>
            )
          })}
          <Gap height={rows.getTotalSize() - (last?.end ?? 0)} span={shown.length + 2} />
        </tbody>
      </table>
    </section>
  )
}

function Head({ column, order, onSort }: { column: Column } & Pick<Props, 'order' | 'onSort'>) {
  const { sort, right, title } = column
  const className = right ? classes.right : undefined
  if (sort === undefined) {
    return (
      <th scope="col" className={className}>
        {title}
      </th>
    )
  }
  const sorted = order.sort === sort
  const next = sorted && order.order === 'desc' ? 'asc' : 'desc'
  const Arrow = order.order === 'asc' ? ArrowUp : ArrowDown
  const direction = order.order === 'asc' ? 'ascending' : 'descending'
  return (
    <th scope="col" className={className} aria-sort={sorted ? direction : 'none'}>
      <button
        type="button"
        className={classes.sort}
        data-sorted={sorted}
        onClick={() => onSort({ sort, order: next })}
      >
        {title}
        {sorted && <Arrow size={12} aria-hidden="true" style={{ marginLeft: 4 }} />}
      </button>
    </th>
  )
}

type RowProps = Pick<Props, 'onSelect'> & { row: TableRow; columns: readonly Column[]; selected: boolean }

function Row({ row, columns, selected, onSelect }: RowProps) {
  const { t } = useTexts()
  const { id, entryName, entryKind } = row
  const label = row.label === '' ? t('submission.untitled') : row.label
  return (
    <>
      <td>
        <Checkbox
          aria-label={t('table.selectRow', { name: `${entryName} ${label}` })}
          checked={selected}
          onChange={({ currentTarget: { checked } }) => onSelect([id], checked)}
        />
      </td>
      <th scope="row">
        <Link to="/submissions/$id" params={{ id }}>
          {label}
        </Link>
        <div className="muted">
          {entryName}
          {entryKind === 'BASELINE' && <span className={classes.badge}>{t('table.kinds.BASELINE')}</span>}
        </div>
      </th>
      {columns.map(({ key, right, cell }) => (
        <td key={key} className={right ? `${classes.right} num` : undefined}>
          {cell(row)}
        </td>
      ))}
    </>
  )
}

/** The rows before or after the window, as empty height. */
function Gap({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null
  return (
    <tr className={classes.gap}>
      <td colSpan={span} style={{ height }} />
    </tr>
  )
}
