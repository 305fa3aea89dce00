export type Random = {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
}

/**
 * Pseudo-random whole numbers that are the same on every machine: SplitMix32, of Steele, Lea and Flood,
 * "Fast splittable pseudorandom number generators" (2014), with the 32-bit finaliser of MurmurHash3.
 */
export function randomFrom(seed: number): Random {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return (mixed ^ (mixed >>> 16)) >>> 0
  }
  // The product of two 32-bit numbers can pass 2^53: 24 bits of each draw are enough here, and stay exact.
  return { between: (low, high) => low + Math.floor(((next() >>> 8) * (high - low + 1)) / 2 ** 24) }
}
