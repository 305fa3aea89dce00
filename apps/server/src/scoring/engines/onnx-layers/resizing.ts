import type { GraphBuilder } from './graph-builder.ts'
import { axisOf, channelsFirst, like, type Value } from './value.ts'

/**
 * Scales images `[height, width, channels]` as TensorFlow 2 does: pixel centres at half coordinates. The nearest pixels are
 * picked by numbers that are worked out here, in float32 as TensorFlow does, as engines round ties differently.
 */
export function resized(
  graph: GraphBuilder,
  input: Value,
  size: readonly [height: number, width: number],
  interpolation: 'nearest' | 'bilinear',
): Value {
  const x = channelsFirst(graph, input)
  const [height = 1, width = 1, channels = 1] = x.shape
  const shape = [...size, channels]
  if (interpolation === 'bilinear') {
    const sizes = graph.node('Concat', [batchOf(graph, x), graph.integers([channels, ...size])], { axis: 0 })
    const name = graph.node('Resize', [x.name, '', '', sizes], {
      mode: 'linear',
      coordinate_transformation_mode: 'half_pixel',
    })
    return { ...x, name, shape }
  }
  const rows = picked(graph, x, 1, nearest(height, size[0]))
  return { ...x, shape, name: picked(graph, like(x, rows), 2, nearest(width, size[1])) }
}

const batchOf = (graph: GraphBuilder, { name }: Value) => graph.node('Shape', [name], { start: 0, end: 1 })

const picked = (graph: GraphBuilder, x: Value, axis: number, places: readonly number[]) =>
  graph.node('Gather', [x.name, graph.integers(places)], { axis: axisOf(x, axis) })

function nearest(from: number, to: number): number[] {
  const scale = Math.fround(from / to)
  return Array.from({ length: to }, (_, place) =>
    Math.min(Math.floor(Math.fround((place + 0.5) * scale)), from - 1),
  )
}
