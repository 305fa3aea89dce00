import type { PlotTick } from '../../../components/ui/plot.tsx'
import { compactCount } from '../../../lib/format.ts'

/** A scale over values: where one lies, 0..1, and its round numbers. */
export type ValueScale = { at(value: number): number; ticks: PlotTick[] }

/** Powers of ten around all values, which are greater than 0. */
export function logScale(values: readonly number[]): ValueScale {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))
  return {
    at: (value) => (Math.log10(value) - low) / (high - low),
    ticks: Array.from({ length: high - low + 1 }, (_, step) => ({
      at: step / (high - low),
      text: compactCount(10 ** (low + step)),
    })),
  }
}

/** Multiples of ten percent around all shares, 0..1. */
export function shareScale(shares: readonly number[]): ValueScale {
  const low = Math.min(9, Math.floor(Math.min(...shares) * 10))
  const high = Math.min(10, Math.max(low + 1, Math.ceil(Math.max(...shares) * 10)))
  return {
    at: (share) => (share * 10 - low) / (high - low),
    ticks: Array.from({ length: high - low + 1 }, (_, step) => ({
      at: step / (high - low),
      text: `${(low + step) * 10}%`,
    })),
  }
}
