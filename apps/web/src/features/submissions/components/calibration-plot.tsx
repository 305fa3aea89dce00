import type { CalibrationBin } from '@taikai/shared/wire/submission'
import { Plot, type PlotTick } from '../../../components/ui/plot.tsx'
import { useTexts } from '../../../i18n/i18n.ts'
import { compactCount, count } from '../../../lib/format.ts'
import classes from './score-panel.module.css'

const shares: PlotTick[] = [0, 0.2, 0.4, 0.6, 0.8, 1].map((at) => ({ at, text: `${Math.round(100 * at)}%` }))

/**
 * A reliability diagram: for every bin of confidence a bar as high as its accuracy and a dot at its mean confidence, the diagonal
 * where both are equal, and below how many images the bin has.
 */
export function CalibrationPlot({ bins }: { bins: readonly CalibrationBin[] }) {
  const { t } = useTexts()
  const width = 1 / bins.length
  const largest = Math.max(1, ...bins.map((bin) => bin.count))
  const filled = bins.map((bin, index) => ({ ...bin, low: index * width })).filter((bin) => bin.count > 0)
  return (
    <>
      <Plot
        label={t('calibration.plot')}
        height={240}
        x={{ label: t('calibration.axis'), ticks: shares }}
        y={{ label: t('calibration.accuracy'), ticks: shares }}
      >
        {({ x, y }) => (
          <>
            {filled.map(({ low, accuracy, meanConfidence }) => (
              <g key={low}>
                <rect
                  className={classes.reliability}
                  x={x(low) + 1}
                  width={x(low + width) - x(low) - 2}
                  y={y(accuracy)}
                  height={y(0) - y(accuracy)}
                />
                <line
                  className={classes.gap}
                  x1={x(meanConfidence)}
                  x2={x(meanConfidence)}
                  y1={y(accuracy)}
                  y2={y(meanConfidence)}
                />
                <circle className={classes.confidence} cx={x(meanConfidence)} cy={y(accuracy)} r="4" />
              </g>
            ))}
            <line className={classes.diagonal} x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
          </>
        )}
      </Plot>
      <Plot
        label={t('calibration.counts')}
        height={56}
        x={{ label: t('calibration.axis'), ticks: shares }}
        y={{
          label: t('calibration.images'),
          ticks: [0, largest].map((n, at) => ({ at, text: compactCount(n) })),
        }}
      >
        {({ x, y }) =>
          filled.map((bin) => (
            <rect
              key={bin.low}
              className={classes.images}
              x={x(bin.low) + 1}
              width={x(bin.low + width) - x(bin.low) - 2}
              y={y(bin.count / largest)}
              height={y(0) - y(bin.count / largest)}
            >
              <title>{count(bin.count)}</title>
            </rect>
          ))
        }
      </Plot>
    </>
  )
}
