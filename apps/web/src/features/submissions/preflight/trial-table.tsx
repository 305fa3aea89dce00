import { Badge } from '@mantine/core'
import type { PreprocessingPreset } from '@taikai/shared/preprocessing'
import table from '../../../components/ui/table.module.css'
import { useTexts } from '../../../i18n/i18n.ts'
import { percent } from '../../../lib/format.ts'
import score from '../components/score-panel.module.css'
import type { Preflight } from './use-preflight.ts'

type Props = { tried: Preflight['tried']; chosen: PreprocessingPreset }

/** How many of the sample's images were right with each preprocessing. */
export function TrialTable({ tried, chosen }: Props) {
  const { t } = useTexts()
  return (
    <table className={table.table} style={{ marginTop: 16 }}>
      <caption>{t('preflight.caption', { count: tried[0]?.trial.total ?? 0 })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('preflight.preprocessing')}</th>
          <th scope="col" colSpan={2}>
            {t('submission.accuracy')}
          </th>
        </tr>
      </thead>
      <tbody>
        {tried.map(({ preset, trial: { correct, total } }) => (
          <tr key={preset}>
            <th scope="row">
              {t(`submit.presets.${preset}`)}{' '}
              {preset === chosen && (
                <Badge variant="outline" color="ai">
                  {t('preflight.chosen')}
                </Badge>
              )}
            </th>
            <td style={{ width: '35%' }}>
              <svg className={score.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect width="100" height="10" fill="var(--line)" />
                <rect width={(100 * correct) / total} height="10" fill="var(--ai)" />
              </svg>
            </td>
            <td className={`${table.right} num`}>{percent(correct / total)}%</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
