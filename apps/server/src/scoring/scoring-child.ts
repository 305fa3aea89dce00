/**
 * The process that runs one model. It loads its code and its engine, gives its rights away, and only then reads the first
 * byte that a student sent. It sees images but no labels, and opens no file. With the engine `none` it only inspects the model,
 * and only with --hdf5 can it read one that is or holds HDF5.
 * Usage: node scoring-child.ts [--hdf5] ENGINE|none [UID GID]
 */
import { readSync, writeSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Engine } from '@taikai/shared/engines/engine'
import { TaikaiError } from '@taikai/shared/errors'
import { engineNames } from '@taikai/shared/model/engine-name'
import { inspectModel } from '@taikai/shared/model/inspect'
import { assertPreprocessingFits } from '@taikai/shared/preprocessing-fits'
import { createEngine } from './engines/create-engine.ts'
import { type InputBatch, InputReader } from './input-reader.ts'
import { startLifelineThread } from './lifeline.ts'
import { batchSize, descriptors, frame, frameTypes } from './pipes.ts'
import { type ChildMessage, type ChildRequest, checkedImages, noEngine, requestSchema } from './protocol.ts'
import { rehearse } from './rehearsal.ts'
import { verdictOn } from './verdict.ts'

/** What scores: loaded before rights are given away. */
type Prepared = { engine: Engine; inputs: InputReader }

const {
  values: { hdf5 },
  positionals: [engineArgument, uid, gid],
} = parseArgs({ options: { hdf5: { type: 'boolean' } }, allowPositionals: true })
/** How often outputs go to the worker at most: each time it wakes up, on cores that the engine could use. */
const tellEveryMs = 100
/** Or before so much is untold: many outputs of many classes are more than a parent takes at once. */
const tellBytes = 1_000_000
let imagesRead = false

try {
  const prepared = await prepare()
  if (uid !== undefined && gid !== undefined) stepDown(Number(uid), Number(gid))
  send({ kind: 'ready' })
  const request = readRequest()
  send(prepared === null ? await inspect(request) : await score(prepared, request))
} catch (error) {
  send(verdictOn(error, imagesRead))
}
process.exit(0)

/** Null for a child that only inspects. */
async function prepare(): Promise<Prepared | null> {
  const name = engineNames.find((known) => known === engineArgument)
  try {
    if (name === undefined && engineArgument !== noEngine) throw new Error(`no engine “${engineArgument}”`)
    // Either thread ends this process with its parent, from here on.
    const inputs = name === undefined ? null : new InputReader()
    if (inputs === null) startLifelineThread()
    if (hdf5) await import('@taikai/shared/model/keras/hdf5-file')
    const engine = name === undefined ? null : await createEngine(name)
    await rehearse(engine)
    if (engine === null || inputs === null) return null
    await inputs.open()
    return { engine, inputs }
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

async function inspect({ request, files }: ReturnType<typeof readRequest>): Promise<ChildMessage> {
  const { inspection } = await inspectModel(files, request)
  return { kind: 'inspected', inspection }
}

async function score(
  { engine, inputs }: Prepared,
  { request, files }: ReturnType<typeof readRequest>,
): Promise<ChildMessage> {
  const { preprocessing, imageShape, classCount, imageCount } = request
  const { inspection, model } = await inspectModel(files, { imageShape, classCount })
  assertPreprocessingFits(inspection, preprocessing)
  await engine.load(model)
  // What goes wrong on a black image has nothing to do with hidden ones, and may be told in full.
  const trial = await engine.predict(new Float32Array(imageShape[0] * imageShape[1] * imageShape[2]), 1)
  if (trial.length !== classCount)
    throw new TaikaiError('OUTPUT_SHAPE_MISMATCH', { found: trial.length, expected: classCount })
  inputs.begin({
    ...{ preprocessing, imageShape, imageCount, layout: engine.layout },
    training: request.training && {
      ...request.training,
      pixelMean: request.training.pixelMean && Float64Array.from(request.training.pixelMean),
    },
  })
  // Images come once: what is checked first is kept, to be scored after that.
  const checked: InputBatch[] = []
  for (let first = 0; first < Math.min(checkedImages, imageCount); first += batchSize) {
    const batch = await inputs.next()
    imagesRead = true
    await engine.check(batch.input, batch.count)
    checked.push(batch)
  }
  let predictMs = 0
  const untold: Uint8Array[] = []
  let untoldBytes = 0
  let toldAt = Number.NEGATIVE_INFINITY
  for (let done = 0; done < imageCount; ) {
    const batch = checked.shift() ?? (await inputs.next())
    const { input, count } = batch
    const startedAt = performance.now()
    const outputs = await engine.predict(input, count)
    predictMs += performance.now() - startedAt
    inputs.release(batch)
    if (outputs.length !== count * classCount)
      return { kind: 'rejected', code: 'MODEL_TOPOLOGY_INVALID', params: {} } // its shape follows from the images
    // No count and no index: either would tell something about hidden images.
    if (!outputs.every(Number.isFinite)) return { kind: 'rejected', code: 'OUTPUT_NOT_FINITE', params: {} }
    done += count
    untold.push(new Uint8Array(outputs.buffer, outputs.byteOffset, outputs.byteLength))
    untoldBytes += outputs.byteLength
    if (performance.now() - toldAt < tellEveryMs && untoldBytes < tellBytes && done < imageCount) continue
    write(frame(frameTypes.outputs, Buffer.concat(untold.splice(0))))
    untoldBytes = 0
    toldAt = performance.now()
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

function send(message: ChildMessage): void {
  write(frame(frameTypes.message, Buffer.from(JSON.stringify(message))))
}

function write(bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptors.answer, bytes, written)
}
