// node bench/whole-run.ts [PYTHON]
// How long a whole run takes, from the claim by a worker to the committed result, for 10,000 images of the Keras example CNN: against
// bare onnxruntime-node on the same images and, where PYTHON is a python with Keras and TensorFlow, against a plain script's whole
// process (whole-run-keras.py). They take turns. Writes bench/results/whole-run.json.
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { seedEntry, seedRound, submit } from '../apps/server/src/jobs/test-fixtures.ts'
import { bareOnnxruntime, withFanIn } from '../apps/server/src/scoring/engines/measure/measure-engines.ts'
import { type Net, nets } from '../apps/server/src/scoring/engines/measure/nets.ts'
import { madeModel } from '../apps/server/src/scoring/engines/onnx-layers/test-models.ts'
import { layer, modelFiles, sequential } from '../packages/shared/src/model/model-fixtures.ts'
import { startBenchService } from './bench-service.ts'
import { writeResults } from './results-file.ts'

const turns = 5
const imageCount = 10_000
const imageShape = [32, 32, 3]
const imageSize = 3072
const batch = 32
/** Until the worker has its spare child again: each run then meets a service at rest. */
const restMs = 4_000
/** Seldom: each question takes time from the run. When it ended is in the answer. */
const askEveryMs = 1_000

const [exampleCnn] = nets
if (exampleCnn === undefined) throw new Error('no net')
/** Bytes that look like noise, the same each time. */
const images = Uint8Array.from({ length: imageCount * imageSize }, (_, at) => (at * 2_654_435_761) >>> 24)

/** The net as a student uploads it: TF.js layers with one file of weights. */
function upload({ layers }: Net) {
  const { weights } = withFanIn(madeModel(imageShape, layers, 1))
  const named = layers.map((one, index) => layer(one.class_name, { ...one.config, name: `layer${index}` }))
  const tensors = weights.flatMap(({ path, values }) =>
    values.map(({ shape, data }, index) => ({
      weight: { name: `${path}/${index === 0 ? 'kernel' : 'bias'}`, shape: [...shape] },
      data,
    })),
  )
  const numbers = Float32Array.from(tensors.flatMap(({ data }) => [...data]))
  return modelFiles(
    sequential(imageShape, ...named),
    tensors.map(({ weight }) => weight),
    numbers,
  ).map(({ name, bytes }) => ({ name, bytes: Uint8Array.from(bytes) }))
}

async function bareSeconds(predict: Awaited<ReturnType<typeof bareOnnxruntime>>): Promise<number> {
  const input = Float32Array.from(images.subarray(0, batch * imageSize), (value) => value / 255)
  const startedAt = performance.now()
  for (let left = imageCount; left > 0; left -= batch) {
    const count = Math.min(batch, left)
    await predict(input.subarray(0, count * imageSize), count)
  }
  return (performance.now() - startedAt) / 1000
}

/** Null where no python with Keras was named. */
function kerasSeconds(dataFile: string): number | null {
  const [python] = process.argv.slice(2)
  if (python === undefined) return null
  const startedAt = performance.now()
  const script = fileURLToPath(new URL('whole-run-keras.py', import.meta.url))
  const { status, stderr } = spawnSync(python, [script, dataFile], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return (performance.now() - startedAt) / 1000
}

const service = await startBenchService(null, async () => undefined)
const { prisma, queue, databaseUrl, dataDir } = service
const worker = fork(fileURLToPath(new URL('../apps/server/src/worker.ts', import.meta.url)), {
  env: {
    ...{ PATH: process.env.PATH, DATA_DIR: dataDir, DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn' },
    ...{ AUTH_SECRET: 'a secret that only the benchmark knows', SCORING_ENGINE: 'onnxruntime' },
  },
})
try {
  const round = await seedRound(service, {
    ...{ height: 32, width: 32, channels: 3, images },
    classNames: [...'abcdefghij'],
    labels: Uint8Array.from({ length: imageCount }, (_, image) => image % 10),
  })
  const dataFile = join(dataDir, 'images.bin')
  writeFileSync(dataFile, images)
  const bare = await bareOnnxruntime(exampleCnn)
  await bareSeconds(bare) // allocates
  const model = upload(exampleCnn)
  const rows: Record<string, string | number>[] = []
  for (let turn = 0; turn < turns; turn++) {
    const entryId = await seedEntry(prisma, round.id, `Team ${turn}`)
    await delay(restMs)
    const { runId } = await submit({ ...service, queue, dataDir }, { round, entryId, model })
    let run = await prisma.scoringRun.findUniqueOrThrow({ where: { id: runId } })
    for (; run.finishedAt === null; run = await prisma.scoringRun.findUniqueOrThrow({ where: { id: runId } }))
      await delay(askEveryMs)
    const { status, startedAt, finishedAt, imagesPerSecond } = run
    if (status !== 'SCORED' || startedAt === null || finishedAt === null || imagesPerSecond === null)
      throw new Error(`not scored: ${JSON.stringify(run)}`)
    await delay(restMs)
    const bareTime = await bareSeconds(bare)
    const whole = (finishedAt.getTime() - startedAt.getTime()) / 1000
    const inference = imageCount / imagesPerSecond
    const keras = kerasSeconds(dataFile)
    rows.push({
      turn,
      'whole run, s': whole,
      'inference, s': inference,
      'bare onnxruntime, s': bareTime,
      'inference of bare': bareTime / inference,
      'whole of bare': bareTime / whole,
      ...(keras === null ? {} : { 'Keras script, s': keras, 'times the script': keras / whole }),
    })
  }
  process.stdout.write(`${exampleCnn.name}, ${imageCount} images, ${availableParallelism()} cores\n`)
  writeResults('whole-run', rows)
} finally {
  const ended = once(worker, 'exit')
  worker.kill('SIGTERM')
  await ended
  await service.stop()
}
