import { memo } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'
import { compactCount } from '../../../lib/format.ts'
import { curvePath } from './activation-curves.ts'
import { FeatureMap } from './feature-map.tsx'
import { boxHeight, boxWidth, type PlacedNode } from './lay-out.ts'
import { shortened } from './network-graph.ts'

type Props = {
  node: PlacedNode
  /** What it is called, for the image too. */
  title: string
  /** All that the box says, in one sentence. */
  label: string
  isCurrent: boolean
  largestSide: number
  channelsFirst: boolean
}

const textAt = 72
const curveSize = 30

/**
 * One layer. Colours are the theme's, as attributes, so that a picture taken along can hold their values instead; whatever a
 * file says is text.
 */
export const LayerBox = memo(function LayerBox(props: Props) {
  const { node, title, label, isCurrent, largestSide, channelsFirst } = props
  const { t } = useTexts()
  const { id, shape, parameters, activation, merges, name } = node
  const hasWeights = parameters !== null && parameters > 0
  const [fill, stroke] = merges
    ? ['var(--shu-soft)', 'var(--shu)']
    : hasWeights
      ? ['var(--ai-soft)', 'var(--ai)']
      : ['var(--surface)', 'var(--line-strong)']
  const size = shape.length === 0 ? '' : shape.join('×')
  const weights = hasWeights ? t('drawing.weights', { count: compactCount(parameters) }) : ''
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it takes the focus to be read out, and does nothing else
    <g
      data-layer={id}
      role="img"
      aria-label={label}
      tabIndex={isCurrent ? 0 : -1}
      transform={`translate(${node.x} ${node.y})`}
    >
      <rect width={boxWidth} height={boxHeight} rx={8} fill={fill} stroke={stroke} />
      <FeatureMap shape={shape} largestSide={largestSide} channelsFirst={channelsFirst} />
      <text x={textAt} y={20} fontSize={13} fontWeight={700} fill="var(--ink)">
        {shortened(title, activation === null ? 22 : 17)}
      </text>
      <text x={textAt} y={37} fontSize={11} fill="var(--ink-2)">
        {shortened(name, activation === null ? 26 : 20)}
      </text>
      <text x={textAt} y={54} fontSize={11} fill="var(--ink-2)">
        {shortened([size, weights].filter((part) => part !== '').join(' · '), 30)}
      </text>
      {activation !== null && (
        <g transform={`translate(${boxWidth - curveSize - 8} 7)`}>
          {activation.curve === null ? (
            <text x={curveSize} y={13} fontSize={10} textAnchor="end" fill="var(--ink-2)">
              {shortened(activation.name, 11)}
            </text>
          ) : (
            <path
              d={curvePath(activation.curve, curveSize)}
              fill="none"
              stroke="var(--shu-ink)"
              strokeWidth={2}
              strokeLinejoin="round"
            />
          )}
        </g>
      )}
    </g>
  )
})
