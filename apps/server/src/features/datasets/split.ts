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
 * ordered by HMAC-SHA-256 of their index under the secret seed, and the first ones are public. The share of each class is
 * rounded half up, but a class of two or more has at least one image on either side.
 */
export function stratifiedSplit(
  labels: Uint8Array,
  classCount: number,
  publicPercent: number,
  seed: string,
): StratifiedSplit {
  const isPublic = new Uint8Array(labels.length)
  let publicCount = 0
  for (const images of imagesByClass(labels, classCount)) {
    const drawn = publicImages(images, publicPercent, seed)
    for (const image of drawn) isPublic[image] = 1
    publicCount += drawn.length
  }
  return { isPublic, splitId: createHash('sha256').update(isPublic).digest('hex'), publicCount }
}

function imagesByClass(labels: Uint8Array, classCount: number): number[][] {
  const classes = Array.from({ length: classCount }, (): number[] => [])
  for (const [image, label] of labels.entries()) {
    const members = classes[label]
    if (members === undefined) throw new RangeError(`label ${label} of image ${image} has no class`)
    members.push(image)
  }
  return classes
}

function publicImages(images: readonly number[], publicPercent: number, seed: string): number[] {
  const rounded = Math.floor((images.length * publicPercent + 50) / 100)
  const count = images.length < 2 ? rounded : Math.min(Math.max(rounded, 1), images.length - 1)
  return images
    .map((image) => ({ image, order: createHmac('sha256', seed).update(String(image)).digest('hex') }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .slice(0, count)
    .map(({ image }) => image)
}
