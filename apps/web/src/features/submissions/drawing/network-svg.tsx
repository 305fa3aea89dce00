import type { KeyboardEvent, PointerEvent, Ref } from 'react'
import { useMemo } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'
import { count } from '../../../lib/format.ts'
import classes from './drawing.module.css'
import { spatialSizes } from './feature-map.tsx'
import type { Layout } from './lay-out.ts'
import { LayerBox } from './layer-box.tsx'
import type { NetworkNode } from './network-graph.ts'

type Props = {
  ref: Ref<SVGSVGElement>
  layout: Layout
  channelsFirst: boolean
  zoom: number
  /** The place of the layer that is looked at. */
  current: number
  onLookAt(id: number): void
}

const arrow = 'network-arrow'

/** The drawing itself: one stop for the Tab key, from which arrow keys go from layer to layer. */
export function NetworkSvg({ ref, layout, channelsFirst, zoom, current, onLookAt }: Props) {
  const { t } = useTexts()
  const { nodes, links, width, height } = layout
  const largestSide = useMemo(
    () =>
      Math.max(
        1,
        ...nodes.flatMap(({ shape }) => {
          const sizes = spatialSizes(shape, channelsFirst)
          return sizes === null ? [] : [sizes.height, sizes.width]
        }),
      ),
    [nodes, channelsFirst],
  )
  const titleOf = ({ kind }: NetworkNode) => kind ?? t('drawing.image')
  const labelOf = (node: NetworkNode) =>
    [
      titleOf(node),
      node.name,
      node.shape.join('×'),
      node.parameters === null ? '' : t('drawing.parameters', { count: count(node.parameters) }),
      node.activation === null ? '' : `${node.activation.name} = ${node.activation.formula}`,
    ]
      .filter((part) => part !== '')
      .join(', ')

  const lookAtTarget = ({ target }: PointerEvent<SVGSVGElement>) => {
    const id = target instanceof Element ? target.closest('[data-layer]')?.getAttribute('data-layer') : null
    if (id !== null && id !== undefined) onLookAt(Number(id))
  }
  const move = (event: KeyboardEvent<SVGSVGElement>) => {
    const place = nodes.findIndex(({ id }) => id === current)
    const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: nodes.length - 1 }[event.key]
    const node = to === undefined ? undefined : nodes[to]
    if (node === undefined) return
    event.preventDefault()
    onLookAt(node.id)
    const box = event.currentTarget.querySelector(`[data-layer="${node.id}"]`)
    if (box instanceof SVGElement) box.focus()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset
    <svg
      ref={ref}
      className={classes.drawing}
      xmlns="http://www.w3.org/2000/svg"
      width={width * zoom}
      height={height * zoom}
      viewBox={`0 0 ${width} ${height}`}
      fontFamily="sans-serif"
      role="group"
      aria-label={t('drawing.label')}
      onPointerOver={lookAtTarget}
      onPointerDown={lookAtTarget}
      onKeyDown={move}
    >
      <defs>
        <marker
          id={arrow}
          viewBox="0 0 8 8"
          refX={8}
          refY={4}
          markerWidth={8}
          markerHeight={8}
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0 0L8 4L0 8Z" fill="var(--ink-3)" />
        </marker>
      </defs>
      <rect width={width} height={height} fill="var(--paper)" />
      {links.map(({ key, path }) => (
        <path
          key={key}
          d={path}
          fill="none"
          stroke="var(--ink-3)"
          strokeWidth={1.5}
          markerEnd={`url(#${arrow})`}
        />
      ))}
      {nodes.map((node) => (
        <LayerBox
          key={node.id}
          node={node}
          title={titleOf(node)}
          label={labelOf(node)}
          isCurrent={node.id === current}
          largestSide={largestSide}
          channelsFirst={channelsFirst}
        />
      ))}
    </svg>
  )
}
