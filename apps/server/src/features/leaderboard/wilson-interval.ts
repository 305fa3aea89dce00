/** The 0.975 quantile of the standard normal distribution. */
const z = 1.959963984540054

/**
 * Wilson score interval of a proportion at 95 %, within 0..1 (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927).
 * `total` > 0. Slightly conservative here, because the split is stratified by class.
 */
export function wilsonInterval(correct: number, total: number): [low: number, high: number] {
  const p = correct / total
  const denominator = 1 + z ** 2 / total
  const centre = (p + z ** 2 / (2 * total)) / denominator
  const halfWidth = (z * Math.sqrt((p * (1 - p)) / total + z ** 2 / (4 * total ** 2))) / denominator
  return [Math.max(0, centre - halfWidth), Math.min(1, centre + halfWidth)]
}
