/** Largest difference of two engines, as a part of the largest output of an image where that is more than 1. */
const tolerance = 1e-4

/**
 * Whether an engine gives what the reference gives: no output of any image differs by more than 1e-4 (of its largest output,
 * for logits beyond 1), and the largest one is the same where the two largest are further apart than that. What is not a finite
 * number agrees with nothing.
 */
export function agree(reference: Float32Array, found: Float32Array, count: number): boolean {
  if (reference.length !== found.length) return false
  const classes = reference.length / count
  for (let image = 0; image < count; image++) {
    const expected = reference.subarray(image * classes, (image + 1) * classes)
    const given = found.subarray(image * classes, (image + 1) * classes)
    const allowed = tolerance * expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1)
    if (!expected.every((value, at) => Math.abs(value - (given[at] ?? Number.NaN)) <= allowed)) return false
    const best = argmax(expected)
    const rival = argmax(given)
    if (best !== rival && (expected[best] ?? 0) - (expected[rival] ?? 0) > allowed) return false
  }
  return true
}

/** The lowest index of the largest value. */
const argmax = (values: Float32Array) =>
  values.reduce((best, value, at) => (value > (values[best] ?? Number.NEGATIVE_INFINITY) ? at : best), 0)
