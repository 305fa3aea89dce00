import type { EngineName } from '@taikai/shared/model/engine-name'
import type { ParsedModel } from '@taikai/shared/model/inspect'

/** What runs models. One engine holds one model; a process makes one engine and ends with it. */
export interface Engine {
  readonly name: EngineName
  readonly version: string
  /** Throws when the topology does not build. */
  load(model: ParsedModel): Promise<void>
  /** `input`: [count, ...inputShape] packed; gives [count, classCount] packed. Blocks until done. */
  predict(input: Float32Array, count: number): Float32Array
  dispose(): void
}
