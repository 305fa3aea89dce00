import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import { type Activation, curvePath } from './activation-curves.ts'
import classes from './drawing.module.css'
import type { NetworkNode } from './network-graph.ts'

const size = 120

/** The layer that is pointed at or has the focus, in full, with the curve of its activation. */
export function LayerCard({ node }: { node: NetworkNode }) {
  const { t } = useTexts()
  const { kind, name, shape, parameters, activation } = node
  return (
    <div className={classes.card}>
      <div>
        <b>{kind ?? t('drawing.image')}</b>
        {name !== '' && <div className="muted">{name}</div>}
        <div className="num">{shape.join('×')}</div>
        {parameters !== null && (
          <div className="num">{t('drawing.parameters', { count: count(parameters) })}</div>
        )}
      </div>
      {activation !== null && <ActivationCurve activation={activation} />}
    </div>
  )
}

function ActivationCurve({ activation }: { activation: Activation }) {
  const { t } = useTexts()
  const { name, formula, curve, hasSettings } = activation
  return (
    <figure className={classes.curve}>
      {curve !== null && (
        <svg width={size} height={size} aria-hidden="true">
          <path d={`M0 ${size / 2}H${size}M${size / 2} 0V${size}`} stroke="var(--line-strong)" />
          <path
            d={curvePath(curve, size)}
            fill="none"
            stroke="var(--shu-ink)"
            strokeWidth={2.5}
            strokeLinejoin="round"
          />
        </svg>
      )}
      <figcaption>
        <b>{name}</b>
        <div className="num">{formula}</div>
        {curve !== null && <div className="muted">{t('drawing.reach')}</div>}
        {hasSettings && <div className="muted">{t('drawing.settings')}</div>}
      </figcaption>
    </figure>
  )
}
