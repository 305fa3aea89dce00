import sharp from 'sharp'

/** A PNG of `pixels`, [height, width, channels] with 1 (grey) or 3 (RGB) channels. */
export function encodePng(
  pixels: Uint8Array,
  [height, width, channels]: readonly [height: number, width: number, channels: number],
): Promise<Buffer> {
  return raw(pixels, height, width, channels).png().toBuffer()
}

/** The same pixels at another size, [toHeight, toWidth, channels]. */
export function resizePixels(
  pixels: Uint8Array,
  [height, width, channels]: readonly [height: number, width: number, channels: number],
  [toHeight, toWidth]: readonly [height: number, width: number],
): Promise<Buffer> {
  return raw(pixels, height, width, channels).resize(toWidth, toHeight, { fit: 'fill' }).raw().toBuffer()
}

function raw(pixels: Uint8Array, height: number, width: number, channels: number) {
  if (channels !== 1 && channels !== 3) throw new RangeError(`no image has ${channels} channels`)
  return sharp(pixels, { raw: { width, height, channels } })
}
