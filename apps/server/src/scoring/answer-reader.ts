import { createFrameReader, frameTypes, ProtocolError } from './pipes.ts'
import { type ChildMessage, messageSchema } from './protocol.ts'
import type { Attempt } from './score-in-child.ts'

/**
 * Collects what a child answers, trusting none of it: frames are bounded, messages checked by schema, outputs counted and
 * looked through for values that are not finite.
 */
export class AnswerReader {
  readonly #outputs: Float32Array
  readonly #bytes: Uint8Array
  readonly #bytesPerImage: number
  readonly #onProgress: (imagesDone: number) => void
  readonly #read: (chunk: Buffer) => void
  #filled = 0
  #ready = false
  #message: Exclude<ChildMessage, { kind: 'ready' }> | null = null

  constructor(imageCount: number, classCount: number, onProgress: (imagesDone: number) => void) {
    this.#outputs = new Float32Array(imageCount * classCount)
    this.#bytes = new Uint8Array(this.#outputs.buffer)
    this.#bytesPerImage = classCount * 4
    this.#onProgress = onProgress
    this.#read = createFrameReader((type, payload) => this.#take(type, payload))
  }

  /** Throws ProtocolError when the child does not keep to the protocol. */
  push(chunk: Buffer): void {
    this.#read(chunk)
  }

  /** Whether the child came as far as the model. */
  get ready(): boolean {
    return this.#ready
  }

  /** The child's own verdict, once it has given one. */
  outcome(): Attempt | null {
    const message = this.#message
    if (message === null) return null
    if (message.kind === 'trapped') return { kind: 'crashed', how: `wasm trap: ${message.detail}` }
    if (message.kind !== 'scored') return message
    if (this.#filled !== this.#bytes.length)
      return { kind: 'failed', code: 'SCORING_INTERRUPTED', params: { detail: 'outputs are incomplete' } }
    if (!this.#outputs.every(Number.isFinite))
      return { kind: 'rejected', code: 'OUTPUT_NOT_FINITE', params: {} }
    return { ...message, outputs: this.#outputs }
  }

  #take(type: number, payload: Buffer): void {
    if (this.#message !== null) throw new ProtocolError('a frame after the verdict')
    if (type === frameTypes.outputs) {
      if (payload.length % this.#bytesPerImage !== 0 || this.#filled + payload.length > this.#bytes.length)
        throw new ProtocolError('outputs of a wrong length')
      this.#bytes.set(payload, this.#filled)
      this.#filled += payload.length
      this.#onProgress(this.#filled / this.#bytesPerImage)
      return
    }
    if (type !== frameTypes.message) throw new ProtocolError(`a frame of type ${type}`)
    const message = parseMessage(payload)
    if (message.kind === 'ready') this.#ready = true
    else this.#message = message
  }
}

function parseMessage(payload: Buffer): ChildMessage {
  try {
    return messageSchema.parse(JSON.parse(payload.toString('utf8')))
  } catch {
    throw new ProtocolError('a message that cannot be read')
  }
}
