/**
 * How parent and child are joined. Descriptors of the child: 0 lifeline (its end means that the parent died), 3 request,
 * 4 answer, 5 images (packed uint8 NHWC, a stream). A request is one frame of JSON followed by the bytes of the files.
 * An answer is a row of frames: u32 length (little-endian), u8 type, payload. What is said over them is in `protocol.ts`.
 */
export const descriptors = { lifeline: 0, request: 3, answer: 4, images: 5 } as const
export const frameTypes = { message: 1, outputs: 2 } as const
/** How many images are made ready and run at once. */
export const batchSize = 32

/** Largest frame that a parent accepts, in bytes. */
const frameLimit = 4_000_000

export class ProtocolError extends Error {}

/** Cuts a stream into frames. Throws ProtocolError on a frame longer than the limit, before anything is kept for it. */
export function createFrameReader(onFrame: (type: number, payload: Buffer) => void): (chunk: Buffer) => void {
  let pending: Buffer = Buffer.alloc(0)
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    while (pending.length >= 5) {
      const length = pending.readUInt32LE(0)
      if (length > frameLimit) throw new ProtocolError(`a frame of ${length} bytes`)
      if (pending.length < 5 + length) return
      onFrame(pending.readUInt8(4), pending.subarray(5, 5 + length))
      pending = pending.subarray(5 + length)
    }
  }
}

export function frame(type: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt32LE(payload.length, 0)
  head.writeUInt8(type, 4)
  return Buffer.concat([head, payload])
}
