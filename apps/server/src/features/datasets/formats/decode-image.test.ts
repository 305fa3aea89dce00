import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { decodeImage, isJpegOrPng } from './decode-image.ts'
import { type Pixel, plainPng, png } from './test-images.ts'

const red: Pixel = [255, 0, 0]
const green: Pixel = [0, 255, 0]
const blue: Pixel = [0, 0, 255]
const decode = async (bytes: Uint8Array, size: number) => [...(await decodeImage('a.png', bytes, size))]
const made = (
  channels: 3 | 4,
  background: { r: number; g: number; b: number; alpha?: number },
  width = 8,
  height = 8,
) => sharp({ create: { width, height, channels, background } })

describe('decodeImage', () => {
  it('gives the pixels of an image that has the size already', async () => {
    const rows = [
      [red, green],
      [blue, [1, 2, 3] as const],
    ]
    expect(await decode(png(2, 2, rows), 2)).toEqual([255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3])
  })

  it('crops in the middle of the longer side', async () => {
    const wide = [red, green, green, blue]
    expect(await decode(png(4, 2, [wide, wide]), 2)).toEqual([green, green, green, green].flat())
    const tall = [
      [red, red],
      [green, green],
      [green, green],
      [blue, blue],
    ]
    expect(await decode(png(2, 4, tall), 2)).toEqual([green, green, green, green].flat())
  })

  it('scales up and down to the size', async () => {
    expect(await decode(plainPng([9, 8, 7], 40, 30), 8)).toEqual(Array(64).fill([9, 8, 7]).flat())
    expect(await decode(plainPng([9, 8, 7], 2), 4)).toEqual(Array(16).fill([9, 8, 7]).flat())
  })

  it('turns an image as its camera says', async () => {
    // Four rows from red to blue; orientation 6: the camera was held so that the left side is the top.
    const upright = await sharp(Uint8Array.from([...Array(8).fill(red), ...Array(8).fill(blue)].flat()), {
      raw: { width: 4, height: 4, channels: 3 },
    })
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer()
    const row = [blue, blue, red, red].flat()
    expect(await decode(upright, 4)).toEqual([...row, ...row, ...row, ...row])
  })

  it('puts what is transparent on white', async () => {
    const clear = await made(4, { r: 255, g: 0, b: 0, alpha: 0 }, 2, 2).png().toBuffer()
    expect(await decode(clear, 2)).toEqual(Array(12).fill(255))
  })

  it.each([
    ['a grey JPEG', () => made(3, { r: 100, g: 100, b: 100 }).greyscale().jpeg()],
    ['a PNG of 16 bits a channel', () => made(3, { r: 100, g: 100, b: 100 }).toColourspace('rgb16').png()],
    ['a CMYK JPEG', () => made(3, { r: 100, g: 100, b: 100 }).toColourspace('cmyk').jpeg({ quality: 100 })],
  ])('reads %s as RGB of 8 bits', async (_, image) => {
    const pixels = await decode(await image().toBuffer(), 8)
    expect(pixels).toHaveLength(8 * 8 * 3)
    for (const value of pixels) expect(Math.abs(value - 100)).toBeLessThan(25)
  })

  it.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    [
      'a JPEG that is cut off',
      async () => (await made(3, { r: 255, g: 0, b: 0 }, 200, 200).jpeg().toBuffer()).subarray(0, 400),
    ],
    ['a PNG with a wrong sum', () => plainPng(red).fill(0, 40, 44)],
    ['a PNG that declares more rows than it has', () => png(4, 400, [[red, red, red, red]])],
    ['a bomb that declares 400 megapixels', () => png(20_000, 20_000, [[red]])],
    ['a signature with nothing behind', () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
    ['another format, which libvips could read', () => made(3, { r: 255, g: 0, b: 0 }).gif().toBuffer()],
    ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')],
  ])('refuses %s', async (_, bytes) => {
    await expect(decode(await bytes(), 4)).rejects.toEqual(
      expect.objectContaining({ code: 'DATASET_IMAGE_INVALID', params: { file: 'a.png' } }),
    )
  })
})

describe('isJpegOrPng', () => {
  it('goes by content', async () => {
    expect(isJpegOrPng(plainPng(red))).toBe(true)
    expect(isJpegOrPng(await made(3, { r: 255, g: 0, b: 0 }).jpeg().toBuffer())).toBe(true)
    expect(isJpegOrPng(await made(3, { r: 255, g: 0, b: 0 }).gif().toBuffer())).toBe(false)
    expect(isJpegOrPng(new Uint8Array())).toBe(false)
  })
})
