import type { Comparison } from '@taikai/shared/wire/comparison'
import { Panel } from '../../../components/ui/panel.tsx'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'

const significanceLevel = 0.05

type Props = { comparison: Comparison; classNames: readonly string[] | null }

/** Which of two submissions was right on which images, in all and by class. */
export function ComparisonView({ comparison, classNames }: Props) {
  const { t } = useTexts()
  const { first, second, p } = comparison
  const nameOf = ({ label }: Comparison['first']) => (label === '' ? t('submission.untitled') : label)
  const counts = [
    [t('comparison.both'), comparison.both],
    [t('comparison.onlyFirst', { label: nameOf(first) }), comparison.onlyFirst],
    [t('comparison.onlySecond', { label: nameOf(second) }), comparison.onlySecond],
    [t('comparison.neither'), comparison.neither],
  ] as const
  const verdict = p < significanceLevel ? 'differ' : 'same'
  return (
    <>
      <Panel title={t('comparison.images')}>
        <table className={table.table}>
          <caption>{t('comparison.count')}</caption>
          <tbody>
            {counts.map(([name, images]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className={`${table.right} num`}>{count(images)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p>
          <b>{t(`comparison.${verdict}`, { p: p < 0.0001 ? 'p < 0.0001' : `p = ${p.toFixed(4)}` })}</b>
        </p>
        <p className="muted">{t('comparison.meaning')}</p>
      </Panel>
      <Panel title={t('comparison.perClass')}>
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('comparison.class')}</th>
                <th scope="col" className={table.right}>
                  {t('comparison.first')}
                </th>
                <th scope="col" className={table.right}>
                  {t('comparison.second')}
                </th>
                <th scope="col" className={table.right}>
                  {t('comparison.difference')}
                </th>
              </tr>
            </thead>
            <tbody>
              {comparison.classes.map((row, index) => {
                const name = classNames?.[index] ?? String(index)
                const difference = row.second - row.first
                return (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td className={`${table.right} num`}>{`${row.first} / ${row.total}`}</td>
                    <td className={`${table.right} num`}>{`${row.second} / ${row.total}`}</td>
                    <td className={`${table.right} num`}>
                      {difference > 0 ? `+${difference}` : String(difference).replace('-', '−')}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      </Panel>
    </>
  )
}
