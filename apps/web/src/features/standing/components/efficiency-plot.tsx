import { Plot } from '../../../components/ui/plot.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { compactCount, percent } from '../../../lib/format.ts'
import { logScale, shareScale } from './efficiency-axes.ts'
import type { EfficiencyCost, EfficiencyPoint } from './efficiency-point.ts'
import classes from './standing.module.css'

type Props = { points: readonly EfficiencyPoint[]; cost: EfficiencyCost }

/** Accuracy over what it costs, on a logarithmic axis. One's own lies on top of the others. `points`: with a cost above 0, one at least. */
export function EfficiencyPlot({ points, cost }: Props) {
  const { t } = useTexts()
  const costOf = (point: EfficiencyPoint) => point[cost] ?? 0
  const across = logScale(points.map(costOf))
  const up = shareScale(points.map(({ accuracy }) => accuracy))
  const isOwn = ({ kind }: EfficiencyPoint) => kind === 'own' || kind === 'this'
  return (
    <Plot
      label={t('efficiency.plot')}
      height={260}
      x={{ label: t(`efficiency.${cost}`), ticks: across.ticks }}
      y={{ label: t('efficiency.accuracy'), ticks: up.ticks }}
    >
      {({ x, y }) =>
        points
          .toSorted((a, b) => Number(isOwn(a)) - Number(isOwn(b)))
          .map((point) => (
            <circle
              key={point.id}
              className={classes[point.kind]}
              cx={x(across.at(costOf(point)))}
              cy={y(up.at(point.accuracy))}
              r={isOwn(point) ? 7 : 5}
            >
              <title>{`${point.name}: ${compactCount(costOf(point))}, ${percent(point.accuracy)}%`}</title>
            </circle>
          ))
      }
    </Plot>
  )
}
