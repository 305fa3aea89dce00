import { TaikaiError } from '../errors.ts'
import type { DeclaredShape } from './declared-input.ts'
import type { Shape } from './layers/layer-kind.ts'
import type { ImageSpec } from './model-file.ts'

/**
 * How the values of an image lie in the model's input: pixel after pixel (`hwc`), one channel after the other (`chw`), or, for
 * a flat input, in the order that the submission declares (`flat`).
 */
export type InputLayout = 'hwc' | 'chw' | 'flat'

const show = (shape: DeclaredShape) => `[${shape.map((size) => size ?? '?').join(', ')}]`

/**
 * Matches a declared input with the round's images `[height, width, channels]`. Taken are the image itself, a flat vector,
 * a sequence of rows or of pixels, each with singleton dimensions added or squeezed; open (null) sizes are filled in. Where a
 * shape could be read both ways, `channels` says which comes first.
 * Throws INPUT_SHAPE_MISMATCH (`found`, `expected`).
 */
export function matchInput(
  declared: DeclaredShape,
  { imageShape: [height, width, channels] }: ImageSpec,
  order: 'hwc' | 'chw' = 'hwc',
): { shape: Shape; layout: InputLayout } {
  const hwc: Arrangement = { shape: [height, width, channels], layout: 'hwc' }
  const chw: Arrangement = { shape: [channels, height, width], layout: 'chw' }
  const arrangements: Arrangement[] = [
    ...(order === 'chw' ? [chw, hwc] : [hwc]),
    ...(channels === 1 ? [{ shape: [height, width], layout: 'hwc' as const }] : [chw]),
    { shape: [height, width * channels], layout: 'hwc' },
    { shape: [height * width, channels], layout: 'hwc' },
    { shape: [height * width * channels], layout: 'flat' },
  ]
  const plain = arrangements.find(({ shape }) => fits(declared, shape))
  if (plain !== undefined) return plain
  const squeezed = declared.filter((size) => size !== 1)
  const found = arrangements.find(({ shape }) =>
    fits(
      squeezed,
      shape.filter((size) => size !== 1),
    ),
  )
  if (found === undefined)
    throw new TaikaiError('INPUT_SHAPE_MISMATCH', {
      found: show(declared),
      expected: show([height, width, channels]),
    })
  return { shape: fill(declared, found.shape), layout: found.layout }
}

type Arrangement = { shape: Shape; layout: InputLayout }

const fits = (declared: DeclaredShape, shape: Shape) =>
  declared.length === shape.length && declared.every((size, index) => size === null || size === shape[index])

/** The declared shape with its open sizes taken from the arrangement, singletons left where they are. */
function fill(declared: DeclaredShape, arrangement: Shape): Shape {
  const sizes = arrangement.filter((size) => size !== 1)
  let next = 0
  return declared.map((size) => (size === 1 ? 1 : (sizes[next++] ?? 1)))
}
