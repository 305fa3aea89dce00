import { expect, it } from 'vitest'
import { packBits } from './pack-bits.ts'

it('packs the first item into the lowest bit, and leaves spare bits 0', () => {
  const items = [true, false, true, true, false, false, false, true, false, true]
  expect([...packBits(items)]).toEqual([0b10001101, 0b10])
  expect(packBits([])).toHaveLength(0)
})
