import { useId } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'

/** How far the picture's lower scale reaches; presets differ by where their bar lies on it, raw reaches beyond. */
const scale = { low: -3, high: 3 }
const width = 220

/** A ramp of pixel values 0..255, and under it where the same values lie as the model's input. */
export function PixelRamp({ low, high }: { low: number; high: number }) {
  const { t } = useTexts()
  const gradient = useId()
  const show = (value: number) => String(Number(value.toFixed(2))).replace('-', '−')
  const x = (value: number) =>
    ((Math.max(scale.low, Math.min(scale.high, value)) - scale.low) / (scale.high - scale.low)) * width
  const label = t('submit.range', { low: show(low), high: show(high) })
  return (
    <svg
      viewBox={`0 0 ${width} 44`}
      role="img"
      aria-label={label}
      width="100%"
      fontSize="11"
      fill="var(--ink-2)"
    >
      <title>{label}</title>
      <defs>
        <linearGradient id={gradient}>
          <stop offset="0" stopColor="#000" />
          <stop offset="1" stopColor="#fff" />
        </linearGradient>
      </defs>
      <line x1="0" x2={width} y1="18" y2="18" stroke="var(--line-strong)" />
      <line x1={x(0)} x2={x(0)} y1="4" y2="26" stroke="var(--ink-3)" />
      <rect
        x={x(low)}
        y="8"
        width={Math.max(2, x(high) - x(low))}
        height="14"
        rx="2"
        fill={`url(#${gradient})`}
        stroke="var(--ai)"
      />
      {high > scale.high && (
        <path d={`M${width - 9} 10 l7 5 -7 5z`} fill="var(--shu-ink)" stroke="var(--surface)" />
      )}
      <text x="0" y="40">
        {show(low)}
      </text>
      <text x={width} y="40" textAnchor="end">
        {show(high)}
      </text>
    </svg>
  )
}
