/** Which images of a split one submission has right, 32 a word, and how many these are. */
export type Correctness = { words: Uint32Array; correct: number }

/** Of the bits that scoring stored (bit i, lowest first: image i of the split; spare bits 0). */
export function readCorrectness(bits: Uint8Array): Correctness {
  // A stored array may begin anywhere in its buffer, and ends within a word.
  const padded = new Uint8Array(Math.ceil(bits.length / 4) * 4)
  padded.set(bits)
  const words = new Uint32Array(padded.buffer)
  return { words, correct: words.reduce((sum, word) => sum + onesOf(word), 0) }
}

/** Images that only the one, and only the other has right. Throws RangeError when they are of different splits. */
export function discordantCounts(
  first: Correctness,
  second: Correctness,
): { onlyFirst: number; onlySecond: number } {
  const { words } = first
  if (words.length !== second.words.length) throw new RangeError('correctness of different splits')
  let both = 0
  for (let at = 0; at < words.length; at++) both += onesOf((words[at] ?? 0) & (second.words[at] ?? 0))
  return { onlyFirst: first.correct - both, onlySecond: second.correct - both }
}

/** How many of 32 bits are 1: sums of neighbours, two, four and eight bits wide (H. S. Warren, Hacker's Delight, 5-1). */
function onesOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
