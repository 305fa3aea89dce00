import { type Shape, sizeOf } from './layers/layer-kind.ts'
import { modelLimits } from './limits.ts'

/** Thrown where a shape cannot be told from the file. */
export class ShapeUnknown extends Error {}

export const unknown = (): never => {
  throw new ShapeUnknown()
}
export const sizeAt = (shape: Shape, axis: number): number => shape.at(axis) ?? unknown()

/** No tensor of an image model has more dimensions, and no size is zero or no number; hostile files ask for either. */
export const isShape = (sizes: Shape) =>
  sizes.length <= modelLimits.rank && sizes.every((size) => Number.isSafeInteger(size) && size > 0)

/** Vectors of sizes are short; longer ones are data, and could be made to grow without end. */
export const longestVector = 64

/** NumPy's broadcasting, from the last axis on. */
export function broadcast(a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, at) => {
    const [x, y] = [a.at(at - rank) ?? 1, b.at(at - rank) ?? 1]
    return x === y || y === 1 ? x : x === 1 ? y : unknown()
  })
}

/** Sizes of which one at most is open (−1), filled in so that they hold the values of `input`. */
export function reshaped(input: Shape, wanted: Shape): number[] {
  const known = sizeOf(wanted.filter((size) => size >= 0))
  const sizes = wanted.map((size) => (size < 0 ? sizeOf(input) / known : size))
  return sizeOf(sizes) === sizeOf(input) ? sizes : unknown()
}
