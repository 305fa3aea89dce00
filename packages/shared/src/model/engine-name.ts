import type { ModelFamily } from './model-format.ts'

/** Engines that run Layers models and GraphModels, best first; `onnxruntime` runs ONNX and nothing else. */
export const tensorflowEngineNames = ['tensorflow-gpu', 'tensorflow', 'wasm'] as const
export const engineNames = [...tensorflowEngineNames, 'onnxruntime'] as const
export type TensorflowEngineName = (typeof tensorflowEngineNames)[number]
export type EngineName = (typeof engineNames)[number]

/** What a worker uses for each family; null where it has no engine for it. */
export type EngineChoice = Readonly<Record<ModelFamily, EngineName | null>>

/** The families of models that an engine can run. */
export function familiesOf(engine: EngineName): readonly ModelFamily[] {
  return engine === 'onnxruntime' ? ['onnx'] : ['layers', 'graph']
}
