import { z } from 'zod'

/**
 * How an image's bytes (0..255) become the model's input, declared with each submission.
 * - `raw`: x; `unit`: x / 255; `signed`: x / 127.5 − 1
 * - `standardized`: (x − mean) / std per channel, statistics of the dataset's training images
 * - `unit-minus-pixel-mean`: x / 255 − mean of the training images at that pixel / 255
 * - `custom`: (x − mean) / std with declared numbers on the 0..255 scale, one for all channels or one each
 */
export const preprocessingPresets = [
  'raw',
  'unit',
  'signed',
  'standardized',
  'unit-minus-pixel-mean',
  'custom',
] as const
export type PreprocessingPreset = (typeof preprocessingPresets)[number]

const perChannel = z.union([z.tuple([z.number()]), z.tuple([z.number(), z.number(), z.number()])])
const order = {
  /** Order in which the model expects colour channels. Images are stored as RGB. */
  channelOrder: z.enum(['rgb', 'bgr']).default('rgb'),
  /** For a flat input of a colour image: rows of pixels (HWC) or one channel after the other (CHW). */
  flatOrder: z.enum(['hwc', 'chw']).default('hwc'),
}

export const preprocessingSchema = z.discriminatedUnion('preset', [
  z.strictObject({
    preset: z.enum(['raw', 'unit', 'signed', 'standardized', 'unit-minus-pixel-mean']),
    ...order,
  }),
  z.strictObject({
    preset: z.literal('custom'),
    mean: perChannel,
    std: perChannel.refine((std) => std.every((value) => value > 0)),
    ...order,
  }),
])
export type Preprocessing = z.infer<typeof preprocessingSchema>

/** Presets that can be chosen, given the statistics of the training images: nothing is divided by a spread of 0. */
export function offeredPresets(statistics: { std: readonly number[] } | null): PreprocessingPreset[] {
  return preprocessingPresets.filter((preset) => {
    if (!presetsNeedingTraining.includes(preset)) return true
    return statistics !== null && (preset !== 'standardized' || statistics.std.every((std) => std > 0))
  })
}

/** Presets that need statistics of the dataset's training images. */
export const presetsNeedingTraining: readonly PreprocessingPreset[] = [
  'standardized',
  'unit-minus-pixel-mean',
]
