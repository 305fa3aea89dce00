import { useElementSize } from '@mantine/hooks'
import type { ReactNode } from 'react'
import classes from './plot.module.css'

/** `at`: where a tick lies along its axis, 0..1. */
export type PlotTick = { at: number; text: string }
type PlotAxis = { label: string; ticks: readonly PlotTick[] }
/** From places along the axes, 0..1, to pixels of the drawing. */
type PlotScale = { x(at: number): number; y(at: number): number }

type Props = {
  /** Says what is seen; the numbers stand in a table beside the plot. */
  label: string
  x: PlotAxis
  y: PlotAxis
  /** In pixels, of the part within the axes. */
  height: number
  children(scale: PlotScale): ReactNode
}

const left = 48
const right = 16
const top = 8
const bottom = 24

/** A frame with two axes and what `children` draws in it; as wide as there is room, with letters of one size. */
export function Plot({ label, x, y, height, children }: Props) {
  const { ref, width } = useElementSize()
  const scale: PlotScale = {
    x: (at) => left + at * Math.max(0, width - left - right),
    y: (at) => top + (1 - at) * height,
  }
  const whole = top + height + bottom
  return (
    <div className={classes.plot}>
      <div className={classes.label}>{y.label}</div>
      <div ref={ref} style={{ height: whole }}>
        {width > 0 && (
          <svg viewBox={`0 0 ${width} ${whole}`} height={whole} role="img" aria-label={label}>
            {y.ticks.map(({ at, text }) => (
              <g key={text}>
                <line
                  className={classes.grid}
                  x1={scale.x(0)}
                  x2={scale.x(1)}
                  y1={scale.y(at)}
                  y2={scale.y(at)}
                />
                <text x={left - 8} y={scale.y(at) + 4} textAnchor="end">
                  {text}
                </text>
              </g>
            ))}
            {x.ticks.map(({ at, text }) => (
              <text key={text} x={scale.x(at)} y={whole - 6} textAnchor="middle">
                {text}
              </text>
            ))}
            {children(scale)}
          </svg>
        )}
      </div>
      <div className={classes.label} style={{ textAlign: 'right' }}>
        {x.label}
      </div>
    </div>
  )
}
