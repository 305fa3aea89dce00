import { TaikaiError } from '../errors.ts'
import type { DeclaredShape } from './declared-input.ts'

/**
 * The output that is scored: of those that give one number per class, the last. Shapes are without the batch dimension; open
 * (null) sizes may be anything, but what is known goes first. Throws OUTPUT_SHAPE_MISMATCH (`found`, `expected`).
 */
export function chooseHead(shapes: readonly DeclaredShape[], classCount: number): number {
  const wanted = (at: number, rank: number) => (at === rank - 1 ? classCount : 1)
  const known = shapes.findLastIndex(
    (shape) => shape.length > 0 && shape.every((size, at) => size === wanted(at, shape.length)),
  )
  if (known !== -1) return known
  const possible = shapes.findLastIndex(
    (shape) =>
      shape.length > 0 && shape.every((size, at) => size === null || size === wanted(at, shape.length)),
  )
  if (possible !== -1) return possible
  throw new TaikaiError('OUTPUT_SHAPE_MISMATCH', {
    found: shapes
      .slice(0, 8)
      .map((shape) => `[${shape.map((size) => size ?? '?').join(', ')}]`)
      .join(' '),
    expected: classCount,
  })
}
