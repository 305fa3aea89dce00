import type { TensorflowEngineName } from '../model/engine-name.ts'
import { type Engine, engineOf } from './engine.ts'
import { loadGraph } from './graph-model.ts'
import { loadLayers } from './layers-model.ts'

/** The engine over whatever TF.js backend is set when it is made. */
export function tfjsEngine(name: TensorflowEngineName, version: string): Engine {
  return engineOf(name, version, (model) => {
    if (model.family === 'layers') return loadLayers(model)
    if (model.family === 'graph') return loadGraph(model)
    throw new Error(`${name} runs no ${model.family} models`)
  })
}
