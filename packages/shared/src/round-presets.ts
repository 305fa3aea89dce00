import type { LayerClassName } from './model/layers/class-names.ts'
import { defaultRules, type RoundRules } from './wire/round.ts'

/** Every layer that convolves. */
const convolutions: LayerClassName[] = [
  'Conv1D',
  'Conv1DTranspose',
  'Conv2D',
  'Conv2DTranspose',
  'Conv3D',
  'Conv3DTranspose',
  'ConvLSTM2D',
  'DepthwiseConv1D',
  'DepthwiseConv2D',
  'SeparableConv1D',
  'SeparableConv2D',
]

export const roundPresetNames = ['session2', 'session5', 'session6', 'imageFolder'] as const
export type RoundPresetName = (typeof roundPresetNames)[number]

export type RoundPreset = {
  /** Of the datasets that it is made for: [height, width, channels]; null: any. */
  imageShape: readonly [number, number, number] | null
  publicPercent: number
  rules: RoundRules
}

/**
 * The seminar's rounds, as a form for a new round begins with them. MNIST ranks by accuracy: its top-5 error is near zero. The
 * image folder, with its many classes, ranks as the lecture's table of ILSVRC 2012 does, by top-5 error.
 */
export const roundPresets: Record<RoundPresetName, RoundPreset> = {
  // MLP on MNIST
  session2: {
    imageShape: [28, 28, 1],
    publicPercent: 30,
    rules: { ...defaultRules, submissionsPerDay: 10, forbiddenLayers: convolutions },
  },
  // CNN on CIFAR-10, the contest
  session5: {
    imageShape: [32, 32, 3],
    publicPercent: 30,
    rules: { ...defaultRules, submissionsPerDay: 5, submissionsTotal: 50, teamSize: 3 },
  },
  // RNN on the rows of MNIST's images
  session6: {
    imageShape: [28, 28, 1],
    publicPercent: 30,
    rules: { ...defaultRules, submissionsPerDay: 10, requiredLayers: ['SimpleRNN', 'LSTM', 'GRU'] },
  },
  // Class folders of photographs, as Caltech101
  imageFolder: {
    imageShape: null,
    publicPercent: 30,
    rules: { ...defaultRules, metric: 'top5-error', submissionsPerDay: 5, uploadMaxBytes: 100 * 1024 ** 2 },
  },
}
