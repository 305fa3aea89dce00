import { createHash, createHmac } from 'node:crypto'

export type StratifiedSplit = {
  /** One entry per image: 1 public, 0 private. */
  isPublic: Uint8Array
  /** SHA-256 of `isPublic`, hexadecimal: names the split without telling it. */
  splitId: string
  publicCount: number
}

/**
 * Draws `publicPercent` (1..99) of the images of each class for the public split. Deterministic: within a class, images are
 * ordered by HMAC-SHA-256 of their index under the secret seed, and the first ones are public.
 */
export function stratifiedSplit(
  labels: Uint8Array,
  classCount: number,
  publicPercent: number,
  seed: string,
): StratifiedSplit {
  const orderOf = (image: number) => createHmac('sha256', seed).update(String(image)).digest('hex')
  const isPublic = drawShare(labels, classCount, publicPercent, orderOf)
  const publicCount = isPublic.reduce((sum, drawn) => sum + drawn, 0)
  return { isPublic, splitId: createHash('sha256').update(isPublic).digest('hex'), publicCount }
}

/**
 * Draws `percent` (1..99) of the images of each class: 1 for each drawn image. The first ones by `orderOf` are drawn. The share of
 * each class is rounded half up, but `least` are drawn where there are more, and of two or more images one stays.
 */
export function drawShare(
  labels: Uint8Array,
  classCount: number,
  percent: number,
  orderOf: (image: number) => string,
  least = 1,
): Uint8Array {
  const isDrawn = new Uint8Array(labels.length)
  for (const images of imagesByClass(labels, classCount)) {
    const rounded = Math.floor((images.length * percent + 50) / 100)
    const count = images.length < 2 ? rounded : Math.min(Math.max(rounded, least), images.length - 1)
    for (const image of firstByOrder(images, count, orderOf)) isDrawn[image] = 1
  }
  return isDrawn
}

/** The indices of the images of each class. Throws RangeError for a label without a class. */
export function imagesByClass(labels: Uint8Array, classCount: number): number[][] {
  const classes = Array.from({ length: classCount }, (): number[] => [])
  for (const [image, label] of labels.entries()) {
    const members = classes[label]
    if (members === undefined) throw new RangeError(`label ${label} of image ${image} has no class`)
    members.push(image)
  }
  return classes
}

/** The `count` images that come first when they are ordered by `orderOf`. */
export function firstByOrder(
  images: readonly number[],
  count: number,
  orderOf: (image: number) => string,
): number[] {
  return images
    .map((image) => ({ image, order: orderOf(image) }))
    .sort((a, b) => compareText(a.order, b.order))
    .slice(0, count)
    .map(({ image }) => image)
}

/** By code units, whatever the language: for `sort`. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
