/**
 * The process that runs one model. It loads its code and its engine, gives its rights away, and only then reads the first
 * byte that a student sent. It sees images but no labels, and opens no file. Usage: node scoring-child.ts ENGINE [UID GID]
 */
import { readSync, writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { TaikaiError } from '@taikai/shared/errors'
import { engineNames } from '@taikai/shared/model/engine-name'
import { inspectModel } from '@taikai/shared/model/inspect'
import { createPreprocess } from '@taikai/shared/preprocessing-apply'
import { createEngine } from './engines/create-engine.ts'
import type { Engine } from './engines/engine.ts'
import { ImagesTooShort } from './images-too-short.ts'
import {
  batchSize,
  type ChildMessage,
  type ChildRequest,
  descriptors,
  frame,
  frameTypes,
  requestSchema,
} from './protocol.ts'

const [engineArgument, uid, gid] = process.argv.slice(2)

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
  send(await score(engine, readRequest()))
} catch (error) {
  send(verdictOn(error))
}
process.exit(0)

async function startEngine(): Promise<Engine> {
  const name = engineNames.find((known) => known === engineArgument)
  try {
    if (name === undefined) throw new Error(`no engine “${engineArgument}”`)
    return await createEngine(name)
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

async function score(
  engine: Engine,
  { request, files }: ReturnType<typeof readRequest>,
): Promise<ChildMessage> {
  const { imageShape, classCount, imageCount, training } = request
  const { inspection, model } = inspectModel(files, { imageShape, classCount })
  const preprocess = createPreprocess(
    request.preprocessing,
    { imageShape },
    model.layout,
    training && { ...training, pixelMean: training.pixelMean && Float64Array.from(training.pixelMean) },
  )
  await engine.load(model)
  const imageSize = imageShape[0] * imageShape[1] * imageShape[2]
  const images = new Uint8Array(batchSize * imageSize)
  let predictMs = 0
  for (let done = 0; done < imageCount; ) {
    const count = Math.min(batchSize, imageCount - done)
    readImages(images.subarray(0, count * imageSize), done * imageSize)
    const input = new Float32Array(count * imageSize)
    preprocess(images, count, input)
    const startedAt = performance.now()
    const outputs = engine.predict(input, count)
    predictMs += performance.now() - startedAt
    if (outputs.length !== count * classCount)
      return {
        kind: 'rejected',
        code: 'OUTPUT_SHAPE_MISMATCH',
        params: { found: outputs.length / count, expected: classCount },
      }
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
    imagesPerSecond: predictMs === 0 ? 0 : (imageCount * 1000) / predictMs,
  }
}

function readImages(into: Uint8Array, position: number): void {
  for (let filled = 0; filled < into.length; ) {
    const read = readSync(descriptors.images, into, filled, into.length - filled, position + filled)
    if (read === 0) throw new ImagesTooShort()
    filled += read
  }
}

/** Whose fault an error is. What the engine says of a model that it cannot build or run is about the model. */
function verdictOn(error: unknown): ChildMessage {
  if (error instanceof TaikaiError) return { kind: 'rejected', code: error.code, params: error.params }
  if (error instanceof ImagesTooShort)
    return { kind: 'failed', code: 'SCORING_INTERRUPTED', params: { detail: 'images too short' } }
  const message = error instanceof Error ? error.message : String(error)
  // A wasm heap that cannot grow gives kernels the address 0, and a large tensor there ends past the heap.
  const outOfMemory = /out of memory|allocation failed|bad_alloc|enlarge memory|memory access out of bounds/i
  if (error instanceof RangeError || outOfMemory.test(message))
    return { kind: 'rejected', code: 'OUT_OF_MEMORY', params: {} }
  // WebAssembly.RuntimeError, told by name: Node's types do not know it.
  if (error instanceof Error && error.name === 'RuntimeError')
    return { kind: 'trapped', detail: message.slice(0, 200) }
  const kernel = /Kernel '(\w+)' not registered/.exec(message)?.[1]
  if (kernel !== undefined) return { kind: 'rejected', code: 'LAYER_UNSUPPORTED', params: { layer: kernel } }
  return { kind: 'rejected', code: 'MODEL_TOPOLOGY_INVALID', params: { reason: message.slice(0, 300) } }
}

function send(message: ChildMessage): void {
  write(frame(frameTypes.message, Buffer.from(JSON.stringify(message))))
}

function write(bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptors.answer, bytes, written)
}
