import { type Shape, sizeOf } from '@taikai/shared/model/layers/layer-kind'
import type { GraphBuilder, Weight } from './graph-builder.ts'
import { movedAxes } from './moved-axes.ts'

/**
 * A tensor of the graph. `shape` is Keras' one, without the batch and with channels last; `channels` says where they lie in the
 * graph: convolutions and poolings of ONNX take and give them first, and what works on each value leaves them there.
 */
export type Value = { name: string; shape: Shape; channels: 'first' | 'last' }

/** A value of the same shape that lies the same way. */
export const like = (value: Value, name: string): Value => ({ ...value, name })
/** A value in Keras' own order. */
export const plain = (name: string, shape: Shape): Value => ({ name, shape, channels: 'last' })

export function channelsLast(graph: GraphBuilder, value: Value): Value {
  if (value.channels === 'last') return value
  const rank = value.shape.length
  const axes = [0, ...Array.from({ length: rank - 1 }, (_, index) => index + 2), 1]
  return plain(graph.transpose(value.name, axes), value.shape)
}

export function channelsFirst(graph: GraphBuilder, value: Value): Value {
  const rank = value.shape.length
  if (value.channels === 'first' || rank < 2) return value
  const axes = [0, rank, ...Array.from({ length: rank - 1 }, (_, index) => index + 1)]
  return { ...value, name: graph.transpose(value.name, axes), channels: 'first' }
}

/** Which axis of the graph's tensor an axis of Keras is; both count the batch, and negative ones from the end. */
export function axisOf({ shape, channels }: Value, axis: number): number {
  const rank = shape.length
  const index = axis < 0 ? axis + rank + 1 : axis
  if (channels === 'last' || index === 0) return index
  return index === rank ? 1 : index + 1
}

/** A list with one entry for each axis without the batch, put in the graph's order. */
export function inOrder<Entry>({ channels }: Value, entries: readonly Entry[]): Entry[] {
  return channels === 'last' ? [...entries] : [...entries.slice(-1), ...entries.slice(0, -1)]
}

/**
 * A constant to be combined with each value: `shape` has a size or 1 for each axis of `value` without the batch, channels last,
 * or is empty for one number.
 */
export function spread(
  graph: GraphBuilder,
  value: Value,
  data: Float32Array | readonly number[],
  shape: Shape,
): string {
  const constant = { shape, data: Float32Array.from(data) }
  if (value.channels === 'last' || shape.length < 2) return graph.constant(constant.data, shape)
  const moved = movedAxes(
    constant,
    inOrder(
      value,
      shape.map((_, axis) => axis),
    ),
  )
  return graph.constant(moved.data, moved.shape)
}

/** A weight over some axes (counted with the batch), in the rank of the value that it scales or shifts. */
export function spreadWeight(
  graph: GraphBuilder,
  value: Value,
  { data }: Weight,
  axes: readonly number[],
): string {
  const rank = value.shape.length
  const kept = axes.map((axis) => (axis < 0 ? axis + rank : axis - 1))
  const shape = value.shape.map((size, index) => (kept.includes(index) ? size : 1))
  if (sizeOf(shape) !== data.length) throw new Error(`a weight of ${data.length} values over ${shape}`)
  return spread(graph, value, data, shape)
}
