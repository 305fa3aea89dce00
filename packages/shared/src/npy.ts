/** An array in NumPy's `.npy` format: values in C order, little-endian, as `descr` says (`|u1`, `<f4`, `<i8`, …). */
export type NpyArray = {
  /** NumPy's name of the element type: byte order, kind, bytes. */
  descr: string
  shape: number[]
  data: Uint8Array
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] // \x93NUMPY
const headerPattern =
  /^\{\s*'descr':\s*'([<>|=][a-zA-Z]\d+)',\s*'fortran_order':\s*(False|True),\s*'shape':\s*\(([\d,\s]*)\),?\s*\}\s*$/

/**
 * Reads format versions 1 to 3 (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html). `data` is a view into
 * `bytes`. Throws RangeError for anything but plain numbers or texts in C order, and for a file of another length than its shape says.
 */
export function parseNpy(bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = bytes[6] ?? 0
  const isNpy = bytes.length >= 12 && magic.every((byte, at) => bytes[at] === byte)
  if (!isNpy || version < 1 || version > 3) throw new RangeError('this is no .npy file')
  const start = version === 1 ? 10 : 12
  const headerBytes = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  const header = new TextDecoder().decode(bytes.subarray(start, start + headerBytes))
  const [, descr, fortranOrder, sizes] = headerPattern.exec(header) ?? []
  if (descr === undefined || sizes === undefined || fortranOrder === undefined) {
    throw new RangeError(`this .npy holds no array of plain values: ${header.trim().slice(0, 200)}`)
  }
  const shape = sizes.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]))
  // The order makes no difference to fewer than two dimensions.
  if (fortranOrder === 'True' && shape.length > 1) throw new RangeError('this .npy is in Fortran order')
  const data = bytes.subarray(start + headerBytes)
  if (data.length !== valuesOf(shape) * elementBytes(descr)) throw new RangeError('this .npy is cut off')
  return { descr, shape, data }
}

/** A `.npy` file of format version 1, its header padded to a multiple of 64 bytes as NumPy does. */
export function formatNpy({ descr, shape, data }: NpyArray): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`
  const headerBytes = Math.ceil((10 + header.length + 1) / 64) * 64 - 10
  const file = new Uint8Array(10 + headerBytes + data.length)
  file.set([...magic, 1, 0])
  new DataView(file.buffer).setUint16(8, headerBytes, true)
  file.set(new TextEncoder().encode(`${header.padEnd(headerBytes - 1)}\n`), 10)
  file.set(data, 10 + headerBytes)
  return file
}

/** Texts as NumPy's fixed-width Unicode (`<U…`, four bytes a character). */
export function npyTexts(texts: readonly string[]): NpyArray {
  const width = Math.max(1, ...texts.map((text) => [...text].length))
  const data = new Uint8Array(texts.length * width * 4)
  const view = new DataView(data.buffer)
  for (const [row, text] of texts.entries()) {
    for (const [at, character] of [...text].entries()) {
      view.setUint32((row * width + at) * 4, character.codePointAt(0) ?? 0, true)
    }
  }
  return { descr: `<U${width}`, shape: [texts.length], data }
}

function elementBytes(descr: string): number {
  const size = Number(descr.slice(2))
  return descr[1] === 'U' ? 4 * size : size
}

function valuesOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}
