import { expect, test } from 'vitest'
import { type Preprocessing, preprocessingSchema } from './preprocessing.ts'
import { preprocessingHint } from './preprocessing-hint.ts'

const declared = (preprocessing: object): Preprocessing => preprocessingSchema.parse(preprocessing)
const unit = declared({ preset: 'unit' })
const raw = declared({ preset: 'raw' })
const rescaling = { kind: 'rescaling', layer: 'rescaling', scale: 1 / 255 } as const
const normalisation = (mean: number) => ({ kind: 'normalization', layer: 'bn', mean }) as const

test('a model that divides by 255 itself gets a hint for every preset that scales', () => {
  for (const preset of ['unit', 'signed', 'standardized', 'unit-minus-pixel-mean'])
    expect(preprocessingHint(rescaling, declared({ preset }))).toEqual({
      kind: 'scaled-twice',
      layer: 'rescaling',
    })
  expect(preprocessingHint(rescaling, raw)).toBeNull()
})

test('a first normalisation tells by its mean what it was trained on', () => {
  expect(preprocessingHint(normalisation(120.7), unit)).toEqual({ kind: 'scaled-twice', layer: 'bn' })
  expect(preprocessingHint(normalisation(120.7), raw)).toBeNull()
  expect(preprocessingHint(normalisation(0.47), raw)).toEqual({ kind: 'not-scaled', layer: 'bn' })
  expect(preprocessingHint(normalisation(0.47), unit)).toBeNull()
})

test('custom numbers count by what they make of a byte', () => {
  const standardised = declared({ preset: 'custom', mean: [125, 123, 114], std: [63, 62, 67] })
  const centred = declared({ preset: 'custom', mean: [120], std: [1] })
  expect(preprocessingHint(rescaling, standardised)).toEqual({ kind: 'scaled-twice', layer: 'rescaling' })
  expect(preprocessingHint(rescaling, centred)).toBeNull()
  expect(preprocessingHint(normalisation(0.1), centred)).toEqual({ kind: 'not-scaled', layer: 'bn' })
})

test('a layer that scales little, or a model that says nothing, gets none', () => {
  expect(preprocessingHint({ ...rescaling, scale: 2 }, unit)).toBeNull()
  expect(preprocessingHint(undefined, raw)).toBeNull()
})
