/** Values of an array in NumPy's `.npy` format. */
export type Float32Npy = { shape: number[]; values: Float32Array }

/**
 * Reads a C-ordered little-endian float32 array (format versions 1 to 3:
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html). Throws RangeError for anything else.
 */
export function readNpy(bytes: Uint8Array): Float32Npy {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 12 || view.getUint32(0) !== 0x934e554d) throw new RangeError('this is no .npy file')
  const wide = (bytes[6] ?? 1) > 1
  const start = wide ? 12 : 10
  const headerLength = wide ? view.getUint32(8, true) : view.getUint16(8, true)
  const header = new TextDecoder().decode(bytes.subarray(start, start + headerLength))
  if (!header.includes("'descr': '<f4'") || !header.includes("'fortran_order': False"))
    throw new RangeError(`this .npy holds no C-ordered float32: ${header.trim()}`)
  const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number)
  const count = shape.reduce((product, size) => product * size, 1)
  const dataAt = start + headerLength
  if (bytes.length - dataAt !== count * 4) throw new RangeError('this .npy is cut off')
  return {
    shape,
    values: Float32Array.from({ length: count }, (_, at) => view.getFloat32(dataAt + at * 4, true)),
  }
}
