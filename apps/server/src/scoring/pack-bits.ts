/** One bit an item, eight a byte: item i is bit i mod 8 (lowest first) of byte ⌊i/8⌋; spare bits are 0. */
export function packBits(items: readonly boolean[]): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(Math.ceil(items.length / 8))
  for (const [index, item] of items.entries()) {
    if (item) packed[index >> 3] = (packed[index >> 3] ?? 0) | (1 << (index & 7))
  }
  return packed
}
