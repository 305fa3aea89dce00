import type { CalibrationBin } from '@taikai/shared/wire/submission'

/** The mean confidence over the images of all bins, 0..1; 0 without images. */
export function meanConfidence(bins: readonly Pick<CalibrationBin, 'count' | 'meanConfidence'>[]): number {
  const total = bins.reduce((sum, bin) => sum + bin.count, 0)
  return bins.reduce((sum, bin) => sum + bin.count * bin.meanConfidence, 0) / Math.max(1, total)
}
