import type { EngineName, EngineNote } from '../model/engine-name.ts'
import type { InputLayout } from '../model/input-shape.ts'
import type { ParsedModel } from '../model/parsed-model.ts'

/** What runs models. One engine holds one model; a process makes one engine and ends with it. */
export interface Engine {
  readonly name: EngineName
  readonly version: string
  /** Why other outputs than those of the engine that was asked for are given; null where they are its own. */
  readonly note: EngineNote | null
  /** Throws when the topology does not build, and for a family that the engine does not run. */
  load(model: ParsedModel): Promise<void>
  /** How images lie in what the loaded model is given: as its input wants them, or as planes where those are quicker. */
  readonly layout: InputLayout
  /** `input`: `count` images packed, in `layout`; gives [count, classCount] packed. */
  predict(input: Float32Array, count: number): Promise<Float32Array>
  /** Compares what it gives for some images with the reference, where it is not the reference itself; `note` says what follows. */
  check(input: Float32Array, count: number): Promise<void>
}

/** A model that is loaded; `input` is [count, ...inputShape] packed. */
export type Predict = Engine['predict']

/** The engine over what loads each model: `predict` before `load` is a fault of the caller. */
export function engineOf(
  name: EngineName,
  version: string,
  loadModel: (model: ParsedModel) => Promise<Predict>,
): Engine {
  let loaded: Predict | null = null
  let layout: InputLayout = 'hwc'
  return {
    name,
    version,
    note: null,
    get layout() {
      return layout
    },
    async load(model) {
      loaded = await loadModel(model)
      layout = model.layout
    },
    async predict(input, count) {
      if (loaded === null) throw new Error('predict before load')
      return loaded(input, count)
    },
    check: async () => undefined,
  }
}
