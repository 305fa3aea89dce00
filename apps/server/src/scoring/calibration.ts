import type { CalibrationBin } from '@taikai/shared/wire/submission'

const binCount = 15

/**
 * How far the probability of the predicted class is from how often it is right: Σ over bins of count / total × |accuracy − mean
 * confidence|, 0..1, with 15 bins of equal width, bin m from m/15 (excluded) to (m + 1)/15 (Guo et al., On Calibration of Modern
 * Neural Networks, ICML 2017, section 2). `confidences` and `hits`: one an image. 0 without images.
 */
export function calibrate(
  confidences: readonly number[],
  hits: readonly boolean[],
): { calibrationError: number; calibrationBins: CalibrationBin[] } {
  const sums = Array.from({ length: binCount }, () => ({ count: 0, confidence: 0, hits: 0 }))
  for (const [image, confidence] of confidences.entries()) {
    const bin = sums[Math.min(binCount, Math.max(1, Math.ceil(confidence * binCount))) - 1]
    if (bin === undefined) throw new RangeError(`confidence ${confidence} is no number`)
    bin.count++
    bin.confidence += confidence
    if (hits[image] === true) bin.hits++
  }
  // A bin's gap times its images.
  const gaps = sums.reduce((sum, bin) => sum + Math.abs(bin.hits - bin.confidence), 0)
  return {
    calibrationError: gaps / Math.max(1, confidences.length),
    calibrationBins: sums.map((bin) => ({
      count: bin.count,
      meanConfidence: bin.count === 0 ? 0 : bin.confidence / bin.count,
      accuracy: bin.count === 0 ? 0 : bin.hits / bin.count,
    })),
  }
}
