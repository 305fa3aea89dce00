import { crc32, deflateSync } from 'node:zlib'

export type Pixel = readonly [red: number, green: number, blue: number]

/** A PNG of one colour, chunk by chunk, so that nothing that is tested has made it. */
export function plainPng(pixel: Pixel, width = 4, height = width): Buffer {
  return png(
    width,
    height,
    Array.from({ length: height }, () => Array.from({ length: width }, () => pixel)),
  )
}

/** A PNG with these pixels. It may declare another size than it has. */
export function png(width: number, height: number, rows: readonly (readonly Pixel[])[]): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8) // eight bits a channel, RGB
  const lines = rows.map((row) => Buffer.from([0, ...row.flat()])) // 0: no filter
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(4)
  const sum = Buffer.alloc(4)
  frame.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([frame, body, sum])
}
