import { TaikaiError } from '@taikai/shared/errors'
import sharp from 'sharp'

/** Camera pictures have up to so many pixels; the memory for more is never asked for. */
const pixelsMax = 50_000_000
const decodeTimeoutS = 30

// libvips reads some twenty formats, SVG and PDF among them; an upload reaches the two that are asked for.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] })
// Every image is decoded once.
sharp.cache(false)

/** Whether a file is JPEG or PNG, told by its first bytes. */
export function isJpegOrPng(bytes: Uint8Array): boolean {
  const begins = (...signature: number[]) => signature.every((byte, at) => bytes[at] === byte)
  return begins(0xff, 0xd8, 0xff) || begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
}

/**
 * A JPEG or PNG image as RGB of [size, size, 3]: turned as its camera says, transparent parts on white, scaled until it covers the
 * square, and cropped in the middle. Throws DATASET_IMAGE_INVALID with `name` for what is damaged, cut off, or beyond 50 megapixels.
 */
export async function decodeImage(name: string, bytes: Uint8Array, size: number): Promise<Uint8Array> {
  try {
    const pixels = await sharp(bytes, { limitInputPixels: pixelsMax, failOn: 'error' })
      .timeout({ seconds: decodeTimeoutS })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .resize(size, size, { fit: 'cover', position: 'centre' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer()
    if (pixels.length !== size * size * 3) throw new Error(`${pixels.length} bytes for ${size}×${size}×3`)
    return pixels
  } catch (cause) {
    throw new TaikaiError('DATASET_IMAGE_INVALID', { file: name }, { cause })
  }
}
