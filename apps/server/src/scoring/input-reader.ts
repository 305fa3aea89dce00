import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type ErrorCode, type ErrorParams, TaikaiError } from '@taikai/shared/errors'
import type { InputLayout } from '@taikai/shared/model/input-shape'
import type { ImageSpec } from '@taikai/shared/model/model-file'
import type { Preprocessing } from '@taikai/shared/preprocessing'
import type { TrainingStatistics } from '@taikai/shared/preprocessing-statistics'
import { batchSize } from './pipes.ts'

/** What inputs are made of, and how. */
export type InputPlan = {
  preprocessing: Preprocessing
  imageShape: ImageSpec['imageShape']
  layout: InputLayout
  training: TrainingStatistics | null
  imageCount: number
}
/** Can be handed over from one thread to the other. */
type Inputs = Float32Array<ArrayBuffer>
export type ToInputThread = { kind: 'plan'; plan: InputPlan } | { kind: 'empty'; input: Inputs }
export type FromInputThread =
  | { kind: 'ready' }
  /** `input`: a whole batch, of which the first `count` images count. */
  | { kind: 'input'; input: Inputs; count: number }
  | { kind: 'refused'; code: ErrorCode; params: ErrorParams }
  | { kind: 'failed'; detail: string }

/** `input`: `count` images, packed. */
export type InputBatch = { input: Inputs; count: number }

/** The images could not be read, or not all of them: never the model's fault. */
export class ImagesUnreadable extends Error {}

/** Two are kept while they are checked; the next is filled meanwhile. */
const batchesAhead = 3

/**
 * Has a thread read images and preprocess them, some batches ahead of the engine: a run takes as long as the slower of the two, not
 * as both. Inputs are handed over, not copied, and filled anew when they are released.
 */
export class InputReader {
  // Small: what a second JavaScript heap would reserve counts against the model's memory. Inputs lie outside of it.
  readonly #thread = new Worker(new URL('./input-thread.js', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 4, codeRangeSizeMb: 4 },
  })
  readonly #messages = on(this.#thread, 'message')
  #imageSize = 0

  /** Resolves when the thread has loaded its code. */
  async open(): Promise<void> {
    await this.#receive()
  }

  begin(plan: InputPlan): void {
    const [height, width, channels] = plan.imageShape
    this.#imageSize = height * width * channels
    this.#thread.postMessage({ kind: 'plan', plan } satisfies ToInputThread)
    for (let ahead = 0; ahead < batchesAhead; ahead++)
      this.#giveBack(new Float32Array(batchSize * this.#imageSize))
  }

  /** The next batch, at most once for each. Throws ImagesUnreadable, and TaikaiError as `createPreprocess` does. */
  async next(): Promise<InputBatch> {
    const message = await this.#receive()
    if (message.kind === 'refused') throw new TaikaiError(message.code, message.params)
    if (message.kind !== 'input')
      throw new ImagesUnreadable(message.kind === 'failed' ? message.detail : 'no images')
    const { input, count } = message
    return { input: input.subarray(0, count * this.#imageSize), count }
  }

  /** Nobody may read the batch any more. */
  release({ input }: InputBatch): void {
    this.#giveBack(new Float32Array(input.buffer))
  }

  #giveBack(input: Inputs): void {
    this.#thread.postMessage({ kind: 'empty', input } satisfies ToInputThread, [input.buffer])
  }

  async #receive(): Promise<FromInputThread> {
    try {
      const { value } = await this.#messages.next()
      return value?.[0]
    } catch (error) {
      throw new ImagesUnreadable(error instanceof Error ? error.message : String(error), { cause: error })
    }
  }
}
