import type { ModelFamily } from './model-format.ts'

/** Engines of TensorFlow.js, best first: they run Layers models and GraphModels. */
export const tensorflowEngineNames = ['tensorflow-gpu', 'tensorflow', 'wasm'] as const
/** Engines that run Layers models, best first. `onnxruntime` runs ONNX, and Layers models as ONNX; it runs no GraphModels. */
export const engineNames = ['tensorflow-gpu', 'onnxruntime', 'tensorflow', 'wasm'] as const
export type TensorflowEngineName = (typeof tensorflowEngineNames)[number]
export type EngineName = (typeof engineNames)[number]

/**
 * Why a Layers model that `onnxruntime` was to run was scored by `wasm`: a layer has no translation, the runtime does not run the
 * translation, or its outputs are others than those of wasm. The last follows from hidden images, and is for instructors.
 */
export const engineNotes = ['NOT_TRANSLATABLE', 'NOT_RUNNABLE', 'OUTPUTS_DIFFER'] as const
export type EngineNote = (typeof engineNotes)[number]

/** What a worker uses for each family; null where it has no engine for it. */
export type EngineChoice = Readonly<Record<ModelFamily, EngineName | null>>

/** The families of models that an engine can run. */
export function familiesOf(engine: EngineName): readonly ModelFamily[] {
  return engine === 'onnxruntime' ? ['onnx'] : ['layers', 'graph']
}

/** Why a worker does not use an engine: its package is not there, it does not start or finish, or it computes other outputs. */
export const engineRefusalCodes = ['NOT_INSTALLED', 'NOT_RUNNING', 'WRONG_OUTPUTS'] as const
export type EngineRefusalCode = (typeof engineRefusalCodes)[number]
