import type { Shape } from './layers/layer-kind.ts'

/** One weight as a file holds it: its description is known, its values are read only when its layer wants them. */
export type StoredWeight = {
  name: string
  shape: Shape
  /** Counters and states of random generators are integers; what a layer computes with is not. */
  isInteger: boolean
  /** Throws WEIGHTS_MISMATCH or MODEL_FILE_DAMAGED when the values cannot be read. */
  read(): Float32Array
}
