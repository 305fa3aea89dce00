import { Alert, Button, Group, ScrollArea } from '@mantine/core'
import type { Inspection } from '@taikai/shared/model/inspection'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTexts } from '../../../i18n/i18n.ts'
import classes from './drawing.module.css'
import { pngFile, saveFile, svgFile } from './export-drawing.ts'
import { layOut } from './lay-out.ts'
import { LayerCard } from './layer-card.tsx'
import { imageId, networkGraph } from './network-graph.ts'
import { NetworkSvg } from './network-svg.tsx'

const zooms = [0.1, 0.15, 0.25, 0.35, 0.5, 0.7, 1, 1.4, 2]
const readable = 0.5

/** A model as a diagram: to look at, to zoom, and to take along. The table of layers says the same in words. */
export default function NetworkDrawing({ inspection }: { inspection: Inspection }) {
  const { t } = useTexts()
  const graph = useMemo(() => networkGraph(inspection), [inspection])
  const layout = useMemo(() => layOut(graph), [graph])
  const [zoom, setZoom] = useState(1)
  const [current, setCurrent] = useState(graph.nodes[0]?.id ?? imageId)
  const [failed, setFailed] = useState(false)
  const viewport = useRef<HTMLDivElement>(null)
  const drawing = useRef<SVGSVGElement>(null)
  const width = layout?.width ?? 0

  // Wide nets begin as wide as the page, as long as their letters can be read.
  useLayoutEffect(() => {
    const room = viewport.current?.clientWidth
    if (room !== undefined && width > room) setZoom(Math.max(readable, room / width))
  }, [width])

  if (layout === null) return <p>{t('drawing.tooManyBranches')}</p>
  const node = layout.nodes.find(({ id }) => id === current)
  const save = async (kind: 'svg' | 'png') => {
    if (drawing.current === null) return
    const svg = svgFile(drawing.current, layout.width, layout.height)
    try {
      saveFile(kind === 'svg' ? svg : await pngFile(svg, layout.width, layout.height), `network.${kind}`)
      setFailed(false)
    } catch {
      setFailed(true)
    }
  }
  const fit = () => {
    const room = viewport.current
    if (room === null) return
    setZoom(Math.min(1, room.clientWidth / layout.width, room.clientHeight / layout.height))
  }
  const smaller = zooms.findLast((one) => one < zoom)
  const larger = zooms.find((one) => one > zoom)
  return (
    <div>
      <Group gap="xs" my="xs">
        <Button.Group>
          <Button
            variant="default"
            size="xs"
            aria-label={t('drawing.smaller')}
            disabled={smaller === undefined}
            onClick={() => setZoom(smaller ?? zoom)}
          >
            −
          </Button>
          <Button variant="default" size="xs" aria-label={t('drawing.plain')} onClick={() => setZoom(1)}>
            {Math.round(zoom * 100)}%
          </Button>
          <Button
            variant="default"
            size="xs"
            aria-label={t('drawing.larger')}
            disabled={larger === undefined}
            onClick={() => setZoom(larger ?? zoom)}
          >
            +
          </Button>
        </Button.Group>
        <Button variant="default" size="xs" onClick={fit}>
          {t('drawing.fit')}
        </Button>
        <Button variant="default" size="xs" onClick={() => save('svg')}>
          {t('drawing.svg')}
        </Button>
        <Button variant="default" size="xs" onClick={() => save('png')}>
          {t('drawing.png')}
        </Button>
      </Group>
      {failed && (
        <Alert role="alert" color="shu" variant="light" c="var(--ink)" my="xs">
          {t('drawing.pngFailed')}
        </Alert>
      )}
      {!graph.knowsLinks && <p className="muted">{t('drawing.chain')}</p>}
      <div className={classes.frame}>
        <ScrollArea
          type="auto"
          h="min(70vh, 720px)"
          viewportRef={viewport}
          // What scrolls must be reachable by keyboard.
          viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('drawing.region') }}
        >
          <NetworkSvg
            ref={drawing}
            layout={layout}
            channelsFirst={inspection.format === 'onnx' && !channelsAreLast(inspection.inputShape)}
            zoom={zoom}
            current={current}
            onLookAt={setCurrent}
          />
        </ScrollArea>
        {node !== undefined && <LayerCard node={node} />}
      </div>
      <p className="muted">{t('drawing.hint')}</p>
    </div>
  )
}

/** ONNX graphs mostly have channels first; one whose image ends in one or three channels does not. */
const channelsAreLast = ([first, , last]: readonly number[]) =>
  first !== undefined && last !== undefined && last <= 4 && first > 4
