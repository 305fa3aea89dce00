import type { Preprocessing, PreprocessingPreset } from '@taikai/shared/preprocessing'
import { parsePerChannel } from './pixel-range.ts'

/** What the form holds: the numbers of `custom` as they were typed. */
export type PreprocessingChoice = {
  preset: PreprocessingPreset
  mean: string
  std: string
  channelOrder: 'rgb' | 'bgr'
  flatOrder: 'hwc' | 'chw'
}

export const firstChoice: PreprocessingChoice = {
  preset: 'unit',
  mean: '127.5',
  std: '127.5',
  channelOrder: 'rgb',
  flatOrder: 'hwc',
}

/** The typed numbers, or what is wrong with each field. */
export function chosenStatistics({ mean: meanText, std: stdText }: PreprocessingChoice) {
  const mean = parsePerChannel(meanText)
  const std = parsePerChannel(stdText)
  const meanError = mean === null ? ('customInvalid' as const) : null
  const stdError =
    std === null
      ? ('customInvalid' as const)
      : std.some((value) => value <= 0)
        ? ('stdPositive' as const)
        : null
  const statistics = mean !== null && std !== null && stdError === null ? { mean, std } : null
  return { meanError, stdError, statistics }
}

/** The declaration to send; null while a field is wrong. */
export function toPreprocessing(choice: PreprocessingChoice): Preprocessing | null {
  const { preset, channelOrder, flatOrder } = choice
  if (preset !== 'custom') return { preset, channelOrder, flatOrder }
  const { statistics } = chosenStatistics(choice)
  return statistics === null ? null : { preset, ...statistics, channelOrder, flatOrder }
}
