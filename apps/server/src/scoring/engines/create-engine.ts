import type { Engine } from '@taikai/shared/engines/engine'
import type { EngineName } from '@taikai/shared/model/engine-name'

/** Loads one engine; its packages are imported only here, so that a process pays for no other. Rejects when it cannot run. */
export async function createEngine(name: EngineName): Promise<Engine> {
  if (name === 'onnxruntime') return (await import('./onnxruntime.ts')).createOnnxruntimeEngine()
  if (name === 'wasm') return (await import('./wasm.ts')).createWasmEngine()
  return (await import('./tensorflow.ts')).createTensorflowEngine(name)
}
