import type { OverviewRound } from '@taikai/shared/wire/overview'
import { Link } from '@tanstack/react-router'
import { RoundTime } from '../../../components/ui/round-time.tsx'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import { StateBadge } from './state-badge.tsx'

/** Every round with its state, the next thing that happens to it, and what came in. */
export function RoundsTable({ rounds }: { rounds: readonly OverviewRound[] }) {
  const { t } = useTexts()
  return (
    <div className={table.scroll}>
      <table className={table.table} style={{ marginTop: 16 }}>
        <thead>
          <tr>
            <th scope="col">{t('overview.round')}</th>
            <th scope="col">{t('overview.state')}</th>
            <th scope="col" className={table.right}>
              {t('overview.submissions')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rounds.map(({ slug, title, datasetName, state, nextDate, timeZone, ...round }) => (
            <tr key={slug}>
              <th scope="row">
                <Link to="/admin/rounds/$slug" params={{ slug }}>
                  {title}
                </Link>
                <div className="muted">{datasetName}</div>
              </th>
              <td>
                <StateBadge state={state} />
                <div className="muted">
                  {nextDate === null ? (
                    t('overview.noDate')
                  ) : (
                    <>
                      {t(`overview.dates.${nextDate.kind}`)}{' '}
                      <RoundTime instant={nextDate.at} timeZone={timeZone} />
                    </>
                  )}
                </div>
              </td>
              <td className={`${table.right} num`}>
                <b>{count(round.submissions)}</b>
                <div className="muted">{t('overview.hour', { count: count(round.submissionsLastHour) })}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
