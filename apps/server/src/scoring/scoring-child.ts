/**
 * The process that runs one model. It loads its code and its engine, gives its rights away, and only then reads the first
 * byte that a student sent. It sees images but no labels, and opens no file. With the engine `none` it only inspects the model.
 * Usage: node scoring-child.ts ENGINE|none [UID GID]
 */
import { readSync, writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Engine } from '@taikai/shared/engines/engine'
import { TaikaiError } from '@taikai/shared/errors'
import { engineNames } from '@taikai/shared/model/engine-name'
import { inspectModel } from '@taikai/shared/model/inspect'
import { createPreprocess } from '@taikai/shared/preprocessing-apply'
import { assertPreprocessingFits } from '@taikai/shared/preprocessing-fits'
import { createEngine } from './engines/create-engine.ts'
import { ImagesTooShort } from './images-too-short.ts'
import {
  batchSize,
  type ChildMessage,
  type ChildRequest,
  checkedImages,
  descriptors,
  frame,
  frameTypes,
  noEngine,
  requestSchema,
} from './protocol.ts'
import { rehearse } from './rehearsal.ts'
import { verdictOn } from './verdict.ts'

const [engineArgument, uid, gid] = process.argv.slice(2)
let imagesRead = false

/** The parent never writes to the lifeline; when it ends, the parent is gone and so must this process be, busy or not. */
const lifeline = new Worker(
  `const { Socket } = require('node:net')
   new Socket({ fd: ${descriptors.lifeline} }).on('close', () => process.kill(process.pid, 'SIGKILL')).resume()`,
  // Small: what a second JavaScript heap would reserve counts against the model's memory.
  {
    eval: true,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, codeRangeSizeMb: 4 },
  },
)
lifeline.unref()

try {
  const engine = await startEngine()
  if (uid !== undefined && gid !== undefined) stepDown(Number(uid), Number(gid))
  send({ kind: 'ready' })
  const request = readRequest()
  send(engine === null ? inspect(request) : await score(engine, request))
} catch (error) {
  send(verdictOn(error, imagesRead))
}
process.exit(0)

/** Null for a child that only inspects. */
async function startEngine(): Promise<Engine | null> {
  const name = engineNames.find((known) => known === engineArgument)
  try {
    if (name === undefined && engineArgument !== noEngine) throw new Error(`no engine “${engineArgument}”`)
    const engine = name === undefined ? null : await createEngine(name)
    await rehearse(engine)
    return engine
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    send({
      kind: 'failed',
      code: 'ENGINE_UNAVAILABLE',
      params: { engine: String(name), detail: detail.slice(0, 500) },
    })
    process.exit(0)
  }
}

/** Code is loaded by now: the tree may lie under a home that only root reads, which the new user need not. */
function stepDown(toUid: number, toGid: number): void {
  process.setgroups?.([])
  process.setgid?.(toGid)
  process.setuid?.(toUid)
  if (process.getuid?.() !== toUid || process.geteuid?.() !== toUid) throw new Error('could not step down')
}

function readRequest(): { request: ChildRequest; files: { name: string; bytes: Uint8Array }[] } {
  const head = readExactly(4)
  const request = requestSchema.parse(JSON.parse(readExactly(head.readUInt32LE(0)).toString('utf8')))
  return { request, files: request.files.map(({ name, bytes }) => ({ name, bytes: readExactly(bytes) })) }
}

function readExactly(length: number): Buffer {
  const buffer = Buffer.alloc(length)
  for (let filled = 0; filled < length; ) {
    const read = readSync(descriptors.request, buffer, filled, length - filled, null)
    if (read === 0) process.exit(1) // the parent is gone
    filled += read
  }
  return buffer
}

function inspect({ request, files }: ReturnType<typeof readRequest>): ChildMessage {
  const { inspection } = inspectModel(files, request)
  return { kind: 'inspected', inspection }
}

async function score(
  engine: Engine,
  { request, files }: ReturnType<typeof readRequest>,
): Promise<ChildMessage> {
  const { imageShape, classCount, imageCount, training } = request
  const { inspection, model } = inspectModel(files, { imageShape, classCount })
  assertPreprocessingFits(inspection, request.preprocessing)
  const preprocess = createPreprocess(
    request.preprocessing,
    { imageShape },
    model.layout,
    training && { ...training, pixelMean: training.pixelMean && Float64Array.from(training.pixelMean) },
  )
  await engine.load(model)
  const imageSize = imageShape[0] * imageShape[1] * imageShape[2]
  // What goes wrong on a black image has nothing to do with hidden ones, and may be told in full.
  const trial = await engine.predict(new Float32Array(imageSize), 1)
  if (trial.length !== classCount)
    throw new TaikaiError('OUTPUT_SHAPE_MISMATCH', { found: trial.length, expected: classCount })
  const images = new Uint8Array(batchSize * imageSize)
  const nextInput = (count: number): Float32Array => {
    readImages(images.subarray(0, count * imageSize))
    const input = new Float32Array(count * imageSize)
    preprocess(images, count, input)
    return input
  }
  // Images come once: what is checked first is kept, to be scored after that.
  const checked: Float32Array[] = []
  for (let first = 0; first < Math.min(checkedImages, imageCount); first += batchSize) {
    const count = Math.min(batchSize, imageCount - first)
    const input = nextInput(count)
    await engine.check(input, count)
    checked.push(input)
  }
  let predictMs = 0
  for (let done = 0; done < imageCount; ) {
    const count = Math.min(batchSize, imageCount - done)
    const input = checked.shift() ?? nextInput(count)
    const startedAt = performance.now()
    const outputs = await engine.predict(input, count)
    predictMs += performance.now() - startedAt
    if (outputs.length !== count * classCount)
      return { kind: 'rejected', code: 'MODEL_TOPOLOGY_INVALID', params: {} } // its shape follows from the images
    // No count and no index: either would tell something about hidden images.
    if (!outputs.every(Number.isFinite)) return { kind: 'rejected', code: 'OUTPUT_NOT_FINITE', params: {} }
    write(frame(frameTypes.outputs, new Uint8Array(outputs.buffer, outputs.byteOffset, outputs.byteLength)))
    done += count
  }
  return {
    kind: 'scored',
    outputKind: inspection.outputKind,
    engine: engine.name,
    engineVersion: engine.version,
    engineNote: engine.note,
    imagesPerSecond: predictMs === 0 ? 0 : (imageCount * 1000) / predictMs,
  }
}

function readImages(into: Uint8Array): void {
  imagesRead = true
  for (let filled = 0; filled < into.length; ) {
    const read = readSync(descriptors.images, into, filled, into.length - filled, null)
    if (read === 0) throw new ImagesTooShort()
    filled += read
  }
}

function send(message: ChildMessage): void {
  write(frame(frameTypes.message, Buffer.from(JSON.stringify(message))))
}

function write(bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptors.answer, bytes, written)
}
