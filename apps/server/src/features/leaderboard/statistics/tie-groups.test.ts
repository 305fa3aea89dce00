import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packBits } from '../../../scoring/pack-bits.ts'
import { readCorrectness } from './correctness.ts'
import { type TiePlace, tieGroups } from './tie-groups.ts'

type Images = readonly boolean[]

const groups = (rows: readonly Images[]) => tieGroups(rows.map((images) => readCorrectness(packBits(images))))
/** Right on the images of the ranges given, each from the first (included) to the second (excluded). */
const rightOn = (...ranges: readonly (readonly [number, number])[]): Images =>
  Array.from({ length: 100 }, (_, image) => ranges.some(([from, to]) => image >= from && image < to))

describe('tieGroups', () => {
  it('is led, not chained', () => {
    // Each has four images fewer than the one before, and none of its own: 4:0 is p = 2/2⁴, 8:0 is 2/2⁸, 12:0 is 2/2¹².
    const [a, b, c, d] = [rightOn([0, 80]), rightOn([0, 76]), rightOn([0, 72]), rightOn([0, 68])]
    // Neighbours are not shown to differ, so a chain would hold all four. A's family is B, C (× 2) and D (× 3).
    expect(groups([a, b, c, d])).toEqual([
      { group: 0, adjustedP: null },
      { group: 0, adjustedP: expect.closeTo(0.125, 12) },
      { group: 1, adjustedP: null },
      { group: 1, adjustedP: expect.closeTo(0.125, 12) },
    ])
  })

  it('corrects for every lower row, not for the group alone', () => {
    // Against A: B 5:3, C 9:1, D 15:5.
    const a = rightOn([0, 80])
    const b = rightOn([5, 83])
    const c = rightOn([9, 81])
    const d = rightOn([15, 85])
    // C alone is p = 22/1024; with three rivals three times that.
    expect(groups([a, c]).map(({ group }) => group)).toEqual([0, 1])
    expect(groups([a, b, c, d])).toEqual([
      { group: 0, adjustedP: null },
      { group: 0, adjustedP: expect.closeTo(0.7265625, 12) },
      { group: 0, adjustedP: expect.closeTo((3 * 22) / 1024, 12) },
      { group: 0, adjustedP: expect.closeTo((2 * 43400) / 1048576, 12) },
    ])
  })

  it('ends at the first that differs, though a later one does not', () => {
    // B differs by 8:0. C is right on as many images as B, but on others: 28:20.
    const rows = [rightOn([0, 80]), rightOn([0, 72]), rightOn([28, 100])]
    expect(groups(rows).map(({ group }) => group)).toEqual([0, 1, 1])
  })

  it('keeps equals together, and takes none and one', () => {
    expect(groups([rightOn([0, 9]), rightOn([0, 9])])).toMatchObject([
      { group: 0 },
      { group: 0, adjustedP: 1 },
    ])
    expect(groups([rightOn([0, 9])])).toEqual([{ group: 0, adjustedP: null }])
    expect(groups([])).toEqual([])
  })

  it('equals naive loops over images', () => {
    const images = 60
    // How good a model is, and how hard it finds each image.
    const row = fc
      .tuple(fc.nat(100), fc.array(fc.nat(99), { minLength: images, maxLength: images }))
      .map(([skill, hardness]) => hardness.map((hard) => hard < skill))
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (unordered) => {
        const rows = unordered.toSorted((a, b) => countOf(b) - countOf(a))
        const expected = naiveGroups(rows)
        const actual = groups(rows)
        expect(actual.map(({ group }) => group)).toEqual(expected.map(({ group }) => group))
        for (const [at, { adjustedP }] of expected.entries()) {
          if (adjustedP === null) expect(actual[at]?.adjustedP).toBeNull()
          else expect(actual[at]?.adjustedP).toBeCloseTo(adjustedP, 11)
        }
      }),
      { numRuns: 300 },
    )
  })
})

const countOf = (images: Images) => images.filter(Boolean).length

/** Row by row from the rules, with Pascal's triangle for the test and the definition for Holm. Shares nothing with the module. */
function naiveGroups(rows: readonly Images[]): TiePlace[] {
  const places: TiePlace[] = []
  let leader = 0
  let group = 0
  for (let row = 0; row < rows.length; row++) {
    const family = rows.slice(leader + 1).map((other) => naiveP(rows[leader] ?? [], other))
    const own = family[row - leader - 1]
    if (own === undefined) {
      places.push({ group, adjustedP: null })
      continue
    }
    const steps = family.filter((p) => p <= own).map((p) => p * family.filter((other) => other >= p).length)
    const adjustedP = Math.min(1, Math.max(...steps))
    if (adjustedP < 0.05) {
      leader = row
      group++
      places.push({ group, adjustedP: null })
    } else places.push({ group, adjustedP })
  }
  return places
}

function naiveP(first: Images, second: Images): number {
  let onlyFirst = 0
  let onlySecond = 0
  for (const [image, right] of first.entries()) {
    if (right && second[image] === false) onlyFirst++
    if (!right && second[image] === true) onlySecond++
  }
  let pascal = [1]
  for (let n = 0; n < onlyFirst + onlySecond; n++) {
    pascal = [1, ...pascal.slice(1).map((value, at) => value + (pascal[at] ?? 0)), 1]
  }
  const tail = pascal.slice(0, Math.min(onlyFirst, onlySecond) + 1).reduce((sum, value) => sum + value, 0)
  return Math.min(1, (2 * tail) / 2 ** (onlyFirst + onlySecond))
}
