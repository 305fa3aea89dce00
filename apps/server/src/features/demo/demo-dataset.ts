import { setImmediate as otherWork } from 'node:timers/promises'
import type { DatasetContent } from '../datasets/formats/dataset-content.ts'
import type { LabelledImages } from '../datasets/formats/labelled-images.ts'
import { type Random, randomFrom } from './random.ts'
import { type Shape, shapes } from './shapes.ts'

/**
 * A generated dataset of coloured shapes, 32×32×3, in ten classes: no download is needed to see a round live. Whole-number
 * arithmetic only, so that it is the same, byte for byte, everywhere.
 */
export const demoImageShape = [32, 32, 3] as const
export const demoClassNames: readonly string[] = shapes.map(({ name }) => name)

const hiddenSeed = 0x7a1ca1
const trainSeed = 0x5eed
const hiddenCount = 2000
const trainCount = 6000

const [height, width, channels] = demoImageShape
const imageBytes = height * width * channels
/** Sub-pixels along a pixel's side, for smooth edges. */
const subPixels = 2
/** Positions are counted in 1/64 of a pixel. */
const unit = 64

/** After so many images other work has its turn: a server makes them while its first visitors come. */
const imagesPerTurn = 20

/** The hidden images, 200 of each class, and the training images, 600 of each class. Takes about a second. */
export async function generateDemoDataset(): Promise<{ hidden: LabelledImages; train: LabelledImages }> {
  return { hidden: await generate(hiddenSeed, hiddenCount), train: await generate(trainSeed, trainCount) }
}

/** The demo dataset as something to store. */
export async function demoContent(): Promise<DatasetContent> {
  const images = await generateDemoDataset()
  return { imageShape: demoImageShape, classNames: demoClassNames, notes: [], ...images }
}

async function generate(seed: number, count: number): Promise<LabelledImages> {
  const random = randomFrom(seed)
  const images = new Uint8Array(count * imageBytes)
  const labels = new Uint8Array(count)
  for (let index = 0; index < count; index++) {
    if (index % imagesPerTurn === 0) await otherWork()
    const label = index % shapes.length
    labels[index] = label
    drawImage(images.subarray(index * imageBytes, (index + 1) * imageBytes), label, random)
  }
  return { images, labels }
}

type Colour = readonly [red: number, green: number, blue: number]
/** What each class is often, but not always, painted in: colour helps, as it does with ships and frogs. */
const palette: readonly Colour[] = [
  [220, 60, 50],
  [60, 180, 75],
  [235, 200, 40],
  [50, 110, 215],
  [235, 130, 40],
  [150, 60, 190],
  [70, 205, 220],
  [225, 70, 190],
  [170, 210, 80],
  [150, 100, 60],
]
const ownColourPercent = 50
const noiseAmplitude = 26

function drawImage(pixels: Uint8Array, label: number, random: Random): void {
  const background: Colour = [random.between(40, 190), random.between(40, 190), random.between(40, 190)]
  for (let at = 0; at < imageBytes; at += channels) pixels.set(background, at)
  for (let left = random.between(2, 4); left > 0; left--) drawClutter(pixels, random)
  drawShape(pixels, shapeOf(label), {
    x: (width / 2) * unit + random.between(-3 * unit, 3 * unit),
    y: (height / 2) * unit + random.between(-3 * unit, 3 * unit),
    radius: random.between(7 * unit, 12 * unit),
    turn: random.between(-16, 16),
    colour: shade(random.between(1, 100) <= ownColourPercent ? colourOf(label) : anyColour(random), random),
  })
  for (let at = 0; at < imageBytes; at++) {
    // The sum of two draws: small noise is more frequent than large.
    const noise =
      random.between(-noiseAmplitude, noiseAmplitude) + random.between(-noiseAmplitude, noiseAmplitude)
    pixels[at] = clampToByte((pixels[at] ?? 0) + noise)
  }
}

/** A small fragment of some shape, anywhere. */
function drawClutter(pixels: Uint8Array, random: Random): void {
  drawShape(pixels, shapeOf(random.between(0, shapes.length - 1)), {
    x: random.between(0, width * unit),
    y: random.between(0, height * unit),
    radius: random.between(2 * unit, 4 * unit),
    turn: random.between(0, 255),
    colour: shade(anyColour(random), random),
  })
}

type Placement = {
  /** Centre and radius in 1/64 of a pixel. */
  x: number
  y: number
  radius: number
  /** In 1/256 of a full turn. */
  turn: number
  colour: Colour
}

function drawShape(pixels: Uint8Array, shape: Shape, placement: Placement): void {
  const { radius, turn, colour } = placement
  const [sine, cosine] = [sineOf(turn), sineOf(turn + 64)]
  // No shape reaches further than √2 of its radius.
  const reach = Math.floor((radius * 3) / 2)
  const columns = pixelRange(placement.x, reach, width)
  const rows = pixelRange(placement.y, reach, height)
  for (let row = rows.first; row <= rows.last; row++) {
    for (let column = columns.first; column <= columns.last; column++) {
      let covered = 0
      for (let part = 0; part < subPixels * subPixels; part++) {
        const x = column * unit + subPixelCentre(part % subPixels) - placement.x
        const y = row * unit + subPixelCentre(Math.floor(part / subPixels)) - placement.y
        // Turned back and brought to the shape's own units; 1024 is the sines' scale.
        const shapeX = Math.floor(((x * cosine + y * sine) * 1000) / (1024 * radius))
        const shapeY = Math.floor(((y * cosine - x * sine) * 1000) / (1024 * radius))
        if (shape.holds(shapeX, shapeY)) covered += 1
      }
      if (covered > 0) blend(pixels, (row * width + column) * channels, colour, covered)
    }
  }
}

function pixelRange(centre: number, reach: number, size: number): { first: number; last: number } {
  return {
    first: Math.max(0, Math.floor((centre - reach) / unit)),
    last: Math.min(size - 1, Math.floor((centre + reach) / unit)),
  }
}

function subPixelCentre(index: number): number {
  return Math.floor(((2 * index + 1) * unit) / (2 * subPixels))
}

function blend(pixels: Uint8Array, at: number, colour: Colour, covered: number): void {
  const parts = subPixels * subPixels
  for (const [channel, value] of colour.entries()) {
    const under = pixels[at + channel] ?? 0
    pixels[at + channel] = Math.floor((under * (parts - covered) + value * covered) / parts)
  }
}

/** A quarter of a sine wave, × 1024, in steps of 1/256 turn. */
const quarterSine = [
  0, 25, 50, 75, 100, 125, 150, 175, 200, 224, 249, 273, 297, 321, 345, 369, 392, 415, 438, 460, 483, 505,
  526, 548, 569, 590, 610, 630, 650, 669, 688, 706, 724, 742, 759, 775, 792, 807, 822, 837, 851, 865, 878,
  891, 903, 915, 926, 936, 946, 955, 964, 972, 980, 987, 993, 999, 1004, 1009, 1013, 1016, 1019, 1021, 1023,
  1024, 1024,
] as const

/** Sine × 1024 of an angle in 1/256 turn. */
function sineOf(turn: number): number {
  const angle = ((turn % 256) + 256) % 256
  const inHalf = angle % 128
  const value = quarterSine[inHalf <= 64 ? inHalf : 128 - inHalf] ?? 0
  return angle < 128 ? value : -value
}

function shapeOf(label: number): Shape {
  const shape = shapes[label]
  if (shape === undefined) throw new RangeError(`no class ${label}`)
  return shape
}

function colourOf(label: number): Colour {
  const colour = palette[label]
  if (colour === undefined) throw new RangeError(`no colour ${label}`)
  return colour
}

function anyColour(random: Random): Colour {
  return colourOf(random.between(0, palette.length - 1))
}

function shade([red, green, blue]: Colour, random: Random): Colour {
  const vary = (value: number): number => clampToByte(value + random.between(-30, 30))
  return [vary(red), vary(green), vary(blue)]
}

function clampToByte(value: number): number {
  return Math.min(255, Math.max(0, value))
}
