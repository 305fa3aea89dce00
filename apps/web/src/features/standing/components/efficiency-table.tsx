import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { compactCount, percent } from '../../../lib/format.ts'
import type { EfficiencyCost, EfficiencyPoint } from './efficiency-point.ts'

type Props = { points: readonly EfficiencyPoint[]; cost: EfficiencyCost }

/** What the plot shows, in numbers. */
export function EfficiencyTable({ points, cost }: Props) {
  const { t } = useTexts()
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">{t('efficiency.model')}</th>
          <th scope="col" className={table.right}>
            {t(`efficiency.${cost}`)}
          </th>
          <th scope="col" className={table.right}>
            {t('efficiency.accuracy')}
          </th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => {
          const { id, name, kind, accuracy } = point
          const amount = point[cost]
          return (
            <tr key={id}>
              <th scope="row">
                {name}{' '}
                {(kind === 'own' || kind === 'baseline') && (
                  <span className="muted">{t(`efficiency.${kind}`)}</span>
                )}
              </th>
              <td className={`${table.right} num`}>{amount === null ? '–' : compactCount(amount)}</td>
              <td className={`${table.right} num`}>{percent(accuracy)}%</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
