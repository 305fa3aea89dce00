import { parseNpy } from '@taikai/shared/npy'

/** Values of an array in NumPy's `.npy` format. */
export type Float32Npy = { shape: number[]; values: Float32Array }

/** Reads a C-ordered little-endian float32 array. Throws RangeError for anything else. */
export function readNpy(bytes: Uint8Array): Float32Npy {
  const { descr, shape, data } = parseNpy(bytes)
  if (descr !== '<f4') throw new RangeError(`this .npy holds no float32 but ${descr}`)
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  return {
    shape,
    values: Float32Array.from({ length: data.length / 4 }, (_, at) => view.getFloat32(at * 4, true)),
  }
}
