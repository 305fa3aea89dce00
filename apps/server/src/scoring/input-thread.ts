/** The thread of a scoring child that reads images and makes the engine's inputs of them, while the engine computes. It ends the child with its parent. */
import { readSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { TaikaiError } from '@taikai/shared/errors'
import { createPreprocess } from '@taikai/shared/preprocessing-apply'
import type { FromInputThread, InputPlan, ToInputThread } from './input-reader.ts'
import { endWithParent } from './lifeline.ts'
import { batchSize, descriptors } from './pipes.ts'

const port = parentPort
if (port === null) throw new Error('this is the program of a thread')
/** Fills a batch of inputs and gives how many images it holds. */
let fill: (input: Float32Array) => number = () => 0

port.on('message', (message: ToInputThread) => {
  try {
    if (message.kind === 'plan') fill = begin(message.plan)
    else {
      const { input } = message
      const count = fill(input)
      if (count > 0)
        port.postMessage({ kind: 'input', input, count } satisfies FromInputThread, [input.buffer])
    }
  } catch (error) {
    port.postMessage(failureOf(error))
  }
})
endWithParent()
port.postMessage({ kind: 'ready' } satisfies FromInputThread)

function begin({ preprocessing, imageShape, layout, training, imageCount }: InputPlan) {
  const preprocess = createPreprocess(preprocessing, { imageShape }, layout, training)
  const imageSize = imageShape[0] * imageShape[1] * imageShape[2]
  const images = new Uint8Array(batchSize * imageSize)
  let left = imageCount
  return (input: Float32Array): number => {
    const count = Math.min(batchSize, left)
    left -= count
    const bytes = images.subarray(0, count * imageSize)
    readImages(bytes)
    preprocess(bytes, count, input)
    return count
  }
}

function readImages(into: Uint8Array): void {
  for (let filled = 0; filled < into.length; ) {
    const read = readSync(descriptors.images, into, filled, into.length - filled, null)
    if (read === 0) throw new Error('images too short')
    filled += read
  }
}

function failureOf(error: unknown): FromInputThread {
  if (error instanceof TaikaiError) return { kind: 'refused', code: error.code, params: error.params }
  return { kind: 'failed', detail: error instanceof Error ? error.message : String(error) }
}
