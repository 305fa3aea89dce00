const z = 1.959964

/** Wilson 95 % interval of a proportion, both ends 0..1 (Wilson 1927). `total` is at least 1. */
export function wilsonInterval(correct: number, total: number): [low: number, high: number] {
  const share = correct / total
  const scale = 1 + z ** 2 / total
  const centre = (share + z ** 2 / (2 * total)) / scale
  const half = (z * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2))) / scale
  return [Math.max(0, centre - half), Math.min(1, centre + half)]
}
