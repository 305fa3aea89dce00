import type { RescoreDetail } from '@taikai/shared/wire/rescore'
import { Panel } from '../../../components/ui/panel.tsx'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { rankingValueText } from '../../../lib/ranking-value.ts'

type Place = RescoreDetail['ranking'][number]['before']

/** Each team's place in the public ranking before and after. */
export function RankChanges({ rescore }: { rescore: RescoreDetail }) {
  const { t } = useTexts()
  const { metric, ranking } = rescore
  const show = (place: Place) =>
    place === null
      ? t('rescore.noRank')
      : `${t('rescore.rank', { rank: place.rank })} (${rankingValueText(metric, place.value, place.imageCount)})`
  return (
    <Panel title={t('rescore.ranking')}>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('rescore.team')}</th>
              <th scope="col" className={table.right}>
                {t('rescore.before')}
              </th>
              <th scope="col" className={table.right}>
                {t('rescore.after')}
              </th>
            </tr>
          </thead>
          <tbody>
            {ranking.map(({ entryId, name, before, after }) => {
              const moved = before?.rank !== after?.rank
              return (
                <tr key={entryId}>
                  <th scope="row">{name}</th>
                  <td className={`${table.right} num`}>{show(before)}</td>
                  <td
                    className={`${table.right} num`}
                    style={moved ? { color: 'var(--shu-ink)', fontWeight: 700 } : undefined}
                  >
                    {show(after)}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
