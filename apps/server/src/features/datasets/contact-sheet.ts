import type { BlobStore } from '../../platform/blob-store.ts'
import { encodePng, resizePixels } from './encode-png.ts'
import { examples, readImages, type StoredPart } from './stored-images.ts'

/** Larger images are shown at this size, in pixels a side. */
const tileMax = 64
const gap = 2

/**
 * A PNG with one row for each class, in the order of the classes, of up to `perClass` of its images. All rows have the same
 * height: a row is found by its number. For instructors only: it may show hidden images.
 */
export async function contactSheet(blobs: BlobStore, part: StoredPart, perClass: number): Promise<Buffer> {
  const rows = await examples(blobs, part, perClass)
  const tiles = await readTiles(blobs, part, rows.flat())
  const [tileHeight, tileWidth, channels] = tiles.shape
  const columns = Math.max(...rows.map(({ length }) => length))
  const width = columns * (tileWidth + gap)
  const height = rows.length * (tileHeight + gap)
  const sheet = new Uint8Array(width * height * channels).fill(255)
  const lineBytes = tileWidth * channels
  let tile = 0
  for (const [row, images] of rows.entries()) {
    for (const column of images.keys()) {
      for (let line = 0; line < tileHeight; line++) {
        const from = (tile * tileHeight + line) * lineBytes
        const to = (row * (tileHeight + gap) + line) * width + column * (tileWidth + gap)
        sheet.set(tiles.pixels.subarray(from, from + lineBytes), to * channels)
      }
      tile += 1
    }
  }
  return encodePng(sheet, [height, width, channels])
}

/** `pixels`: [images, height, width, channels], no larger than a tile. */
async function readTiles(
  blobs: BlobStore,
  part: StoredPart,
  images: readonly number[],
): Promise<{ pixels: Uint8Array; shape: StoredPart['imageShape'] }> {
  const [height, width, channels] = part.imageShape
  const pixels = await readImages(blobs, part, images)
  const scale = Math.min(1, tileMax / Math.max(height, width))
  if (scale === 1) return { pixels, shape: part.imageShape }
  const side = (length: number) => Math.max(1, Math.round(length * scale))
  const tileShape = [side(height), side(width), channels] as const
  const tileBytes = tileShape.reduce((product, size) => product * size, 1)
  const tiles = new Uint8Array(images.length * tileBytes)
  for (const index of images.keys()) {
    const image = pixels.subarray(index * height * width * channels, (index + 1) * height * width * channels)
    tiles.set(await resizePixels(image, part.imageShape, [tileShape[0], tileShape[1]]), index * tileBytes)
  }
  return { pixels: tiles, shape: tileShape }
}
