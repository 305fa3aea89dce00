import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Engine } from '@taikai/shared/engines/engine'
import { tfjsEngine } from '@taikai/shared/engines/tfjs-engine'
import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm'
import { ready, setBackend } from '@tensorflow/tfjs-core'

/** WebAssembly with SIMD on one thread: always there, and the reference that other engines are compared with. */
export async function createWasmEngine(): Promise<Engine> {
  const folder = dirname(fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm')))
  setWasmPaths(join(folder, '/'))
  if (!(await setBackend('wasm'))) throw new Error('the wasm backend does not start')
  await ready()
  return tfjsEngine('wasm', `tfjs-backend-wasm ${version_wasm}`)
}
