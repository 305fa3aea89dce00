import { TaikaiError } from '@taikai/shared/errors'
import { errorMessage } from '@taikai/shared/messages/error-message'
import { type EngineName, engineNames } from '@taikai/shared/model/engine-name'
import { presetsNeedingTraining } from '@taikai/shared/preprocessing'
import { Command, InvalidArgumentError, Option } from 'commander'
import {
  type ImageFormat,
  type OfflineResult,
  parsePreprocessing,
  prepareScoring,
  readLabelledImages,
  readModelFiles,
  scoreOffline,
  statisticsOf,
} from './offline-run.ts'

type ScoreOptions = {
  images: string
  labels?: string
  format: ImageFormat
  preprocessing: string
  mean?: number[]
  std?: number[]
  train?: string
  trainLabels?: string
  channelOrder: string
  flatOrder: string
  limit?: number
  engine: 'auto' | EngineName
  json?: true
}

/** `taikai score`: exit status 0 with a score, 2 when the model is refused, 1 when anything else is wrong. */
export function scoreCommand(): Command {
  return new Command('score')
    .description('score a model on images, without server or database')
    .argument('[files...]', 'the files of one model, or one zip of them')
    .requiredOption('--images <file>', 'images: CIFAR-10 binary batches, or the IDX image file')
    .option('--labels <file>', 'IDX label file (format mnist)')
    .addOption(new Option('--format <format>').choices(['cifar10', 'mnist']).makeOptionMandatory())
    .requiredOption(
      '--preprocessing <preset>',
      'raw, unit, signed, standardized, unit-minus-pixel-mean or custom',
    )
    .option('--mean <numbers>', 'for custom, on the 0..255 scale: one number, or one per channel', numbers)
    .option('--std <numbers>', 'for custom, likewise', numbers)
    .option('--train <file>', 'training images, for presets that need their statistics')
    .option('--train-labels <file>', 'IDX label file of the training images (format mnist)')
    .addOption(new Option('--channel-order <order>').choices(['rgb', 'bgr']).default('rgb'))
    .addOption(new Option('--flat-order <order>').choices(['hwc', 'chw']).default('hwc'))
    .option('--limit <count>', 'take only the first images', wholeNumber)
    .addOption(new Option('--engine <engine>').choices(['auto', ...engineNames]).default('auto'))
    .option('--json', 'print one line of JSON')
    .action(runScore)
}

async function runScore(this: Command, paths: string[], options: ScoreOptions): Promise<void> {
  try {
    const result = await score(paths, options)
    const shown = summary(result)
    process.stdout.write(options.json ? `${JSON.stringify(shown)}\n` : lines(shown))
  } catch (error) {
    if (!(error instanceof TaikaiError)) this.error(error instanceof Error ? error.message : String(error))
    else if (error.code.startsWith('DATASET_')) this.error(detailOf(error))
    else {
      const rejected = { code: error.code, detail: detailOf(error) }
      process.stdout.write(options.json ? `${JSON.stringify({ rejected })}\n` : lines(rejected))
      process.exitCode = 2
    }
  }
}

/** Throws TaikaiError when the model or the images are refused. `prepare` finds engines and sandbox, which takes a second. */
export async function score(
  paths: string[],
  options: ScoreOptions,
  prepare = prepareScoring,
): Promise<OfflineResult> {
  const { format, train } = options
  const preprocessing = parsePreprocessing({
    preset: options.preprocessing,
    channelOrder: options.channelOrder,
    flatOrder: options.flatOrder,
    ...(options.mean === undefined ? {} : { mean: options.mean }),
    ...(options.std === undefined ? {} : { std: options.std }),
  })
  const needsTraining = presetsNeedingTraining.includes(preprocessing.preset)
  if (needsTraining && train === undefined)
    throw new TaikaiError('PREPROCESSING_UNAVAILABLE', { preset: preprocessing.preset })
  const files = await readModelFiles(paths)
  const withLabels = (images: string, labels: string | undefined) =>
    labels === undefined ? [images] : [images, labels]
  const data = await readLabelledImages(
    format,
    'test',
    withLabels(options.images, options.labels),
    options.limit,
  )
  const training =
    needsTraining && train !== undefined
      ? statisticsOf(
          format,
          await readLabelledImages(format, 'train', withLabels(train, options.trainLabels)),
        )
      : null
  return scoreOffline({
    format,
    data,
    files,
    preprocessing,
    training,
    ...(await prepare(options.engine)),
  })
}

/** The documented keys first, then what else is known. */
function summary({ score: result, inspection, outcome }: OfflineResult) {
  return {
    correct: result.correct,
    total: result.total,
    top5Error: result.total === 0 ? 0 : (result.total - result.top5Correct) / result.total,
    crossEntropy: result.crossEntropy,
    engine: outcome.engine,
    ...(outcome.engineNote === null ? {} : { engineNote: outcome.engineNote }),
    imagesPerSecond: Math.round(outcome.imagesPerSecond * 10) / 10,
    squaredError: result.squaredError,
    parameters: inspection.parameters,
    macs: inspection.macs,
    outputKind: outcome.outputKind,
    engineVersion: outcome.engineVersion,
    ...(inspection.unusedFiles === undefined ? {} : { unusedFiles: inspection.unusedFiles }),
  }
}

const lines = (values: object) =>
  Object.entries(values)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')

/** What happened in words, with the reason that a log would hold where there is one. */
export function detailOf(error: TaikaiError): string {
  const { title } = errorMessage(error.code, error.params, 'en')
  const reason = error.params.reason ?? error.params.detail
  return reason === undefined ? title : `${title} (${reason})`
}

function numbers(text: string): number[] {
  const values = text.split(',').map(Number)
  if (text.trim() === '' || !values.every(Number.isFinite))
    throw new InvalidArgumentError('Numbers with commas are needed.')
  return values
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('A whole number from 1 on is needed.')
  return value
}
