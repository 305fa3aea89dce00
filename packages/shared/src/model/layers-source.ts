import type { BindWeights } from './bind-weights.ts'
import type { Json, KerasMajor } from './keras/model-node.ts'
import type { ModelFile } from './model-file.ts'
import type { ModelFormat } from './model-format.ts'

/** A model of layers as its files hold it, whatever the format: nothing of it is checked against anything yet. */
export type LayersSource = {
  format: ModelFormat
  topology: Json
  keras: KerasMajor
  bind: BindWeights
  /** Files that belong to no part of the model. */
  unused: readonly ModelFile[]
  /** Gives back what the reader holds; no weight can be read any more. */
  close(): void
}
