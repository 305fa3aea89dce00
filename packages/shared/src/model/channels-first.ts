import type { Json } from './keras/model-node.ts'
import type { Shape } from './layers/layer-kind.ts'

/**
 * How a layer that does not work on the last axis is run as one that does: its input is transposed, and its output back. That
 * is exact, whatever stands around the layer; Keras keeps kernels in the same order for both.
 */
export type AxisMove = {
  config: Json
  /** Per axis without the batch dimension, the axis that it is taken from, counted from 1: TF.js' Permute. */
  before: readonly number[]
  after: readonly number[]
}

/** The move that a configuration asks for; null for a layer that works on the last axis as it is. */
export function axisMove(className: string, config: Json, input: Shape | undefined): AxisMove | null {
  const rank = input?.length ?? 0
  if (rank < 2) return null
  if (config.data_format === 'channels_first' || config.data_format === 'channelsFirst')
    return move({ ...config, data_format: 'channels_last' }, rank, 1)
  if (className !== 'BatchNormalization' && className !== 'GroupNormalization') return null
  const axis: unknown = Array.isArray(config.axis) && config.axis.length === 1 ? config.axis[0] : config.axis
  if (typeof axis !== 'number' || !Number.isInteger(axis)) return null
  const index = axis < 0 ? axis + rank + 1 : axis
  return index >= 1 && index < rank ? move({ ...config, axis: -1 }, rank, index) : null
}

function move(config: Json, rank: number, axis: number): AxisMove {
  const axes = Array.from({ length: rank }, (_, index) => index + 1)
  const before = [...axes.filter((one) => one !== axis), axis]
  return { config, before, after: axes.map((one) => before.indexOf(one) + 1) }
}

export const permuted = (shape: Shape, order: readonly number[]): Shape =>
  order.map((axis) => shape[axis - 1] ?? 1)
