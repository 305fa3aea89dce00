import { useId } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'
import classes from './submit.module.css'

/** How far the picture's scale reaches; presets differ by where their bar lies on it, raw reaches beyond. */
const scale = { low: -3, high: 3 }
const width = 260
/** Nearer to an edge than this, a number beside the bar's end would not fit and stands at the edge. */
const textWidth = 36

/** The ramp of pixel values from black (0) to white (255), drawn where the same values lie as the model's input. */
export function PixelRamp({ low, high }: { low: number; high: number }) {
  const { t } = useTexts()
  const gradient = useId()
  const show = (value: number) => String(Number(value.toFixed(2))).replace('-', '−')
  const x = (value: number) =>
    ((Math.max(scale.low, Math.min(scale.high, value)) - scale.low) / (scale.high - scale.low)) * width
  const [start, end] = [x(low), x(high)]
  const label = t('submit.range', { low: show(low), high: show(high) })
  return (
    <svg className={classes.ramp} viewBox={`0 0 ${width} 42`} role="img" aria-label={label}>
      <title>{label}</title>
      <defs>
        <linearGradient id={gradient}>
          <stop offset="0" stopColor="#000" />
          <stop offset="1" stopColor="#fff" />
        </linearGradient>
      </defs>
      <line x1="0" x2={width} y1="14" y2="14" stroke="var(--line-strong)" />
      <line x1={x(0)} x2={x(0)} y1="1" y2="27" stroke="var(--ink-3)" />
      <rect
        x={start}
        y="6"
        width={Math.max(2, end - start)}
        height="16"
        rx="2"
        fill={`url(#${gradient})`}
        stroke="var(--ai)"
      />
      {high > scale.high && <path d={`M${width - 10} 9 l8 5 -8 5z`} fill="#a62c14" />}
      {start < textWidth ? (
        <text x="0" y="38">
          {show(low)}
        </text>
      ) : (
        <text x={start + 4} y="38" textAnchor="end">
          {show(low)}
        </text>
      )}
      {end > width - textWidth ? (
        <text x={width} y="38" textAnchor="end">
          {show(high)}
        </text>
      ) : (
        <text x={end - 4} y="38">
          {show(high)}
        </text>
      )}
    </svg>
  )
}
