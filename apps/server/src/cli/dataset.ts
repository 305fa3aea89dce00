import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { TaikaiError } from '@taikai/shared/errors'
import { errorMessage } from '@taikai/shared/messages/error-message'
import {
  type Dataset,
  datasetFormats,
  datasetNameSchema,
  importDatasetSchema,
} from '@taikai/shared/wire/dataset'
import { Command, InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import { readConfig } from '../config.ts'
import { type ImportDeps, importDataset, storeDataset } from '../features/datasets/datasets.service.ts'
import { toCifar10Records } from '../features/datasets/formats/cifar10-records.ts'
import type { DatasetFile } from '../features/datasets/formats/labelled-images.ts'
import { demoContent, generateDemoDataset } from '../features/demo/demo-dataset.ts'
import { demoDatasetName } from '../features/demo/demo-round.ts'
import { openBlobStore } from '../platform/open-blob-store.ts'
import { createPrisma } from '../platform/prisma.ts'

type ImportOptions = {
  name: string
  format: (typeof datasetFormats)[number]
  hidden: string[]
  train?: string[]
  size?: number
  hiddenPercent?: number
  classes?: string[]
}

/** `taikai dataset`: datasets, imported on the machine itself, where the shell is the permission. */
export function datasetCommand(): Command {
  const importing = new Command('import')
    .description('import a dataset; prints the stored version as one line of JSON')
    .requiredOption('--name <name>', 'its name; a name that is there gets its next version', checkedName)
    .addOption(new Option('--format <format>').choices(datasetFormats).makeOptionMandatory())
    .requiredOption('--hidden <files...>', 'hidden test images; of IDX, the image file and the label file')
    .option('--train <files...>', 'training images, which students may see')
    .option('--size <pixels>', 'image-folder: side of the square that every image becomes', wholeNumber)
    .option('--hidden-percent <percent>', 'image-folder: share to hide of a single zip', wholeNumber)
    .option('--classes <names...>', 'npz: names of the classes, in the order of their numbers')
    .action(importFiles)
  const demo = new Command('demo')
    .description('import the generated demo dataset, or write it in the layout of CIFAR-10')
    .option('--out <folder>', 'write test_batch.bin and data_batch_1.bin there, and import nothing')
    .action(makeDemo)
  return new Command('dataset').description('datasets').addCommand(importing).addCommand(demo)
}

function checkedName(value: string): string {
  const name = datasetNameSchema.safeParse(value)
  if (!name.success) throw new InvalidArgumentError('A name has 1 to 60 characters.')
  return name.data
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(value)
}

async function importFiles(this: Command, options: ImportOptions): Promise<void> {
  const { name, format, size, hiddenPercent, classes } = options
  const parsed = importDatasetSchema.safeParse({
    name,
    format,
    ...(size !== undefined && { imageSize: size }),
    ...(hiddenPercent !== undefined && { hiddenPercent }),
    ...(classes !== undefined && { classNames: classes }),
  })
  if (!parsed.success) return this.error(z.prettifyError(parsed.error))
  await store(this, (deps) =>
    importDataset(deps, {
      ...parsed.data,
      hidden: options.hidden.map(namedFile),
      train: (options.train ?? []).map(namedFile),
      actor: { id: null, ipAddress: null },
    }),
  )
}

async function makeDemo(this: Command, { out }: { out?: string }): Promise<void> {
  if (out === undefined) {
    const input = { name: demoDatasetName, actor: { id: null, ipAddress: null }, ...(await demoContent()) }
    await store(this, (deps) => storeDataset(deps, input))
    return
  }
  const { hidden, train } = await generateDemoDataset()
  await mkdir(out, { recursive: true })
  await writeFile(join(out, 'test_batch.bin'), toCifar10Records(hidden))
  await writeFile(join(out, 'data_batch_1.bin'), toCifar10Records(train))
  process.stderr.write(`Written: test_batch.bin and data_batch_1.bin in ${out}.\n`)
}

async function store(command: Command, storing: (deps: ImportDeps) => Promise<Dataset>): Promise<void> {
  const config = readConfig(process.env)
  const prisma = createPrisma(config.databaseUrl)
  const blobs = await openBlobStore(config)
  try {
    const { id, name, version, hiddenCount, trainCount, importNotes } = await storing({
      prisma,
      blobs,
      config,
      now: () => new Date(),
    })
    process.stdout.write(
      `${JSON.stringify({ id, name, version, hiddenCount, trainCount, notes: importNotes })}\n`,
    )
  } catch (error) {
    command.error(sentence(error))
  } finally {
    await prisma.$disconnect()
  }
}

/** What went wrong, for the person at the terminal; what nobody foresaw is thrown on. */
function sentence(error: unknown): string {
  if (error instanceof TaikaiError) {
    const { title, action } = errorMessage(error.code, error.params, 'en')
    const { file, detail } = error.params
    const where = [file, detail].filter((part) => part !== undefined).join(': ')
    return [where && `${where}.`, title, action].filter(Boolean).join(' ')
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return error.message
  throw error
}

function namedFile(path: string): DatasetFile {
  return { name: basename(path), path }
}
