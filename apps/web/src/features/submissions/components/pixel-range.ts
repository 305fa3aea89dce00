import type { PreprocessingPreset } from '@taikai/shared/preprocessing'

/** Per-channel statistics on the 0..255 scale. */
export type ChannelStatistics = { mean: readonly number[]; std: readonly number[] }

/**
 * The values that pixels 0 and 255 become. Over the channels the lowest and the highest; null when statistics are needed and absent.
 * For `unit-minus-pixel-mean` the channels' means stand for the pixels' (they are the mean of them).
 */
export function pixelRange(
  preset: PreprocessingPreset,
  statistics: ChannelStatistics | null,
): { low: number; high: number } | null {
  switch (preset) {
    case 'raw':
      return { low: 0, high: 255 }
    case 'unit':
      return { low: 0, high: 1 }
    case 'signed':
      return { low: -1, high: 1 }
    case 'unit-minus-pixel-mean':
      return statistics === null ? null : range({ mean: statistics.mean, std: [255] })
    case 'standardized':
    case 'custom':
      return statistics === null ? null : range(statistics)
  }
}

function range({ mean, std }: ChannelStatistics): { low: number; high: number } {
  const channels = Math.max(mean.length, std.length)
  const of = (values: readonly number[], channel: number) => values[Math.min(channel, values.length - 1)] ?? 0
  const map = (value: number) =>
    Array.from({ length: channels }, (_, channel) => (value - of(mean, channel)) / of(std, channel))
  return { low: Math.min(...map(0)), high: Math.max(...map(255)) }
}

/** "0.5" or "1, 2, 3" as numbers; null when it is neither one nor three finite numbers. */
export function parsePerChannel(text: string): [number] | [number, number, number] | null {
  const parts = text.split(/[,、，]/).map((part) => part.trim())
  const [first, second, third, ...rest] = parts.map((part) => (part === '' ? Number.NaN : Number(part)))
  if (first === undefined || !Number.isFinite(first) || rest.length > 0) return null
  if (second === undefined) return [first]
  if (third === undefined || !Number.isFinite(second) || !Number.isFinite(third)) return null
  return [first, second, third]
}
