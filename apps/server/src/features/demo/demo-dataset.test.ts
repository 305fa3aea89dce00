import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LabelledImages } from '../datasets/formats/labelled-images.ts'
import { demoClassNames, generateDemoDataset } from './demo-dataset.ts'
import { randomFrom } from './random.ts'
import { shapes } from './shapes.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('the demo dataset', () => {
  let hidden: LabelledImages
  let train: LabelledImages
  beforeAll(async () => {
    const made = await generateDemoDataset()
    hidden = made.hidden
    train = made.train
  })

  it('is the same everywhere', () => {
    expect(sha256(hidden.images)).toBe('0c5c10a7d2d746874692efd4af4007c1ad2c2c7751b14003b32bfeee2b2b1126')
    expect(sha256(train.images)).toBe('a98b333d3d6e338a29329a05b716fa3934b73b9822938645dbae6590cd192f4a')
  })

  it('has as many images of each of its ten classes', () => {
    const counts = (labels: Uint8Array) =>
      demoClassNames.map((_, label) => labels.filter((l) => l === label).length)
    expect(demoClassNames).toHaveLength(10)
    expect(counts(hidden.labels)).toEqual(Array(10).fill(200))
    expect(counts(train.labels)).toEqual(Array(10).fill(600))
    expect(hidden.images).toHaveLength(2000 * 3072)
    expect(train.images).toHaveLength(6000 * 3072)
  })
})

describe('randomFrom', () => {
  it('draws every whole number of a range, and no other', () => {
    const random = randomFrom(1)
    const draws = Array.from({ length: 1000 }, () => random.between(-2, 2))
    expect([...new Set(draws)].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2])
  })
})

describe('shapes', () => {
  const [centre, edge, corner] = [
    [0, 0],
    [0, -900],
    [700, -700],
  ] as const
  it.each([
    ['circle', [true, false, false]],
    ['ring', [false, true, false]],
    ['half disc', [true, false, false]],
    ['crescent', [false, true, false]],
    ['triangle', [true, true, false]],
    ['square', [true, false, true]],
    ['bar', [true, false, false]],
    ['cross', [true, true, false]],
    ['star', [true, false, false]],
    ['corner', [false, false, false]],
  ])('%s holds its centre, top and corner as drawn', (name, expected) => {
    const shape = shapes.find((candidate) => candidate.name === name)
    expect([centre, edge, corner].map(([x, y]) => shape?.holds(x, y))).toEqual(expected)
  })
})
