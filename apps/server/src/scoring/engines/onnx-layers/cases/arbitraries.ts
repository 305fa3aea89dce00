import type { Shape } from '@taikai/shared/model/layers/layer-kind'
import fc from 'fast-check'
import type { LayerJson } from '../test-models.ts'

/** Layers on images of one shape: the last one, or the one called `tested`, is what the case is about. */
export type Case = { shape: Shape; layers: readonly LayerJson[] }
/** For each class of layers, settings and shapes that it takes. */
export type Cases = Readonly<Record<string, fc.Arbitrary<Case>>>

export const whole = (min: number, max: number) => fc.integer({ min, max })
export const real = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map(Math.fround)
/** A shape of `rank` axes between batch and channels, and channels. */
export const shapeOf = (rank: number, longest = 7) =>
  fc.tuple(...Array.from({ length: rank }, () => whole(1, longest)), whole(1, 6))
export const anyShape = fc.oneof(shapeOf(0, 6), shapeOf(1), shapeOf(2), shapeOf(3, 4))
export const perAxis = (rank: number, min: number, max: number) =>
  fc.array(whole(min, max), { minLength: rank, maxLength: rank })
export const padding = fc.constantFrom('valid', 'same')

export const one = (
  class_name: string,
  shape: fc.Arbitrary<Shape>,
  config: fc.Arbitrary<Record<string, unknown>> = fc.constant({}),
): fc.Arbitrary<Case> =>
  fc.tuple(shape, config).map(([size, settings]) => ({
    shape: size,
    layers: [{ class_name, config: settings }],
  }))

/** A layer over branches of one image, each scaled by another number and so another value. */
export const onBranches = (
  class_name: string,
  count: number,
  shape: fc.Arbitrary<Shape>,
  config: fc.Arbitrary<Record<string, unknown>> = fc.constant({}),
): fc.Arbitrary<Case> =>
  fc.tuple(shape, config).map(([size, settings]) => {
    const names = Array.from({ length: count }, (_, index) => `branch${index}`)
    const branches = names.map((name, index) => ({
      class_name: 'Rescaling',
      config: { name, scale: index + 0.5, offset: -index },
      inputs: ['x'],
    }))
    return { shape: size, layers: [...branches, { class_name, config: settings, inputs: names }] }
  })
