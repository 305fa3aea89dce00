/** A `.npy` file as NumPy lays it out; for tests. */
export function npyFile(
  values: Float32Array,
  shape: readonly number[],
  { version = 1, descr = '<f4', fortranOrder = false } = {},
): Buffer {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const order = fortranOrder ? 'True' : 'False'
  const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${sizes}), }\n`
  const length = Buffer.alloc(version === 1 ? 2 : 4)
  if (version === 1) length.writeUInt16LE(header.length)
  else length.writeUInt32LE(header.length)
  const magic = Buffer.concat([Buffer.of(0x93), Buffer.from('NUMPY'), Buffer.of(version, 0)])
  return Buffer.concat([magic, length, Buffer.from(header), Buffer.from(values.buffer)])
}
