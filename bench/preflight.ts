// node bench/preflight.ts MODELS DATA > bench/results/preflight.md
// The preflight's trials of real models (folders as for `./taikai acceptance`) on 200 of the 4,000 training images in DATA: what
// each preprocessing gives, and whether a student who chose another than the model's own is told so. Exits with 1 when not.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readLabelledImages, readModelFiles, statisticsOf } from '../apps/server/src/cli/offline-run.ts'
import { createWasmEngine } from '../apps/server/src/scoring/engines/wasm.ts'
import { npyTexts } from '../packages/shared/src/npy.ts'
import { formatNpz } from '../packages/shared/src/npz.ts'
import { adviseAgainst, type Tried } from '../packages/shared/src/preflight/advise.ts'
import { type PreflightEvent, preflight } from '../packages/shared/src/preflight/preflight.ts'
import {
  offeredPresets,
  type PreprocessingPreset,
  preprocessingSchema,
} from '../packages/shared/src/preprocessing.ts'

const [models = '', data = ''] = process.argv.slice(2)
const train = await readLabelledImages('cifar10', 'train', [
  join(data, 'cifar10', 'train_first4000_lossless.bin'),
])
const { mean, std, pixelMean } = statisticsOf('cifar10', train)
if (pixelMean === null) throw new Error('the training images have a mean')
const count = 200
const sampleNpz = formatNpz({
  x_train: { descr: '|u1', shape: [count, 32, 32, 3], data: train.images.subarray(0, count * 3072) },
  y_train: { descr: '|u1', shape: [count], data: Uint8Array.from(train.labels.subarray(0, count)) },
  class_names: npyTexts(['airplane']),
  pixel_mean: { descr: '<f8', shape: [32, 32, 3], data: new Uint8Array(pixelMean.buffer) },
})
const presets = offeredPresets({ std }).flatMap((preset) => (preset === 'custom' ? [] : [preset]))
const write = (line: string) => void process.stdout.write(`${line}\n`)

write(`| model | ${presets.join(' | ')} | told for |`)
write(`|---|${presets.map(() => '---:|').join('')}---|`)
for (const name of (await readdir(models)).sort()) {
  const folder = join(models, name)
  const meta: { dataset: string; expect: string } = JSON.parse(
    await readFile(join(folder, 'meta.json'), 'utf8'),
  )
  if (!meta.dataset.startsWith('cifar10') || meta.expect !== 'scores') continue
  const files = await readModelFiles(
    (await readdir(folder))
      .filter((file) => !/^(meta\.json|ref_.*)$/.test(file))
      .map((file) => join(folder, file)),
  )
  const events: PreflightEvent[] = []
  await preflight(
    {
      files,
      spec: { imageShape: [32, 32, 3], classCount: 10 },
      rules: { forbiddenLayers: [], requiredLayers: [], maxParameters: null, maxMacs: null },
      preprocessings: presets.map((preset) => preprocessingSchema.parse({ preset })),
      sampleNpz,
      statistics: { mean, std },
    },
    async (model) => {
      const engine = await createWasmEngine()
      await engine.load(model)
      return (input, images) => engine.predict(input, images)
    },
    (event) => events.push(event),
  )
  const tried: Tried[] = events.flatMap((event) => (event.kind === 'tried' ? [event] : []))
  if (tried.length === 0) {
    write(`| ${name} | ${presets.map(() => '–').join(' | ')} | not run (${events.at(-1)?.kind}) |`)
    continue
  }
  const told: readonly PreprocessingPreset[] = presets.filter(
    (preset) => adviseAgainst(preset, tried) !== null,
  )
  const shares = tried.map(({ trial }) => `${((100 * trial.correct) / trial.total).toFixed(1)} %`)
  write(`| ${name} | ${shares.join(' | ')} | ${told.join(', ')} |`)
  const lost = tried.filter(
    ({ preset, trial }) =>
      trial.correct < 0.9 * Math.max(...tried.map((one) => one.trial.correct)) && !told.includes(preset),
  )
  if (lost.length > 0) process.exitCode = 1
}
