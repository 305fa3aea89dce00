import type { Rescore } from '@taikai/shared/wire/rescore'
import { Link } from '@tanstack/react-router'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { dateTime } from '../../../lib/format.ts'

/** Which submissions a rescore is of. */
export function scopeOf({ submissionId, selection }: Pick<Rescore, 'submissionId' | 'selection'>) {
  if (selection) return 'some'
  return submissionId === null ? 'all' : 'single'
}

export function RescoreList({ rescores }: { rescores: readonly Rescore[] }) {
  const { t, locale } = useTexts()
  if (rescores.length === 0) return <p>{t('rescore.empty')}</p>
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <caption>{t('rescore.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('rescore.when')}</th>
            <th scope="col">{t('rescore.dataset')}</th>
            <th scope="col">{t('rescore.by')}</th>
            <th scope="col">{t('rescore.state')}</th>
          </tr>
        </thead>
        <tbody>
          {rescores.map(
            ({ id, roundSlug, createdAt, submissionId, selection, dataset, engine, createdBy, state }) => (
              <tr key={id}>
                <th scope="row">
                  <Link to="/admin/rounds/$slug/rescores/$id" params={{ slug: roundSlug, id }}>
                    <time dateTime={createdAt}>{dateTime(createdAt, locale)}</time>
                  </Link>
                  <div className="muted">{t(`rescore.scopes.${scopeOf({ submissionId, selection })}`)}</div>
                </th>
                <td>
                  {t('receipt.version', dataset)}
                  {engine !== null && <div className="muted">{engine}</div>}
                </td>
                <td>{createdBy ?? '–'}</td>
                <td>{t(`rescore.states.${state}`)}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  )
}
