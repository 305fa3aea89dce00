import type { Engine } from '@taikai/shared/engines/engine'
import { tfjsEngine } from '@taikai/shared/engines/tfjs-engine'
import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm'
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import threadsUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'
import { ready, setBackend } from '@tensorflow/tfjs-core'

/** The engine that the server takes as its reference, in the browser. Rejects where WebAssembly does not run. */
export async function createBrowserEngine(): Promise<Engine> {
  // All must be named; the browser loads the one that it can run.
  setWasmPaths({
    'tfjs-backend-wasm-threaded-simd.wasm': threadsUrl,
    'tfjs-backend-wasm-simd.wasm': simdUrl,
    'tfjs-backend-wasm.wasm': plainUrl,
  })
  if (!(await setBackend('wasm'))) throw new Error('the wasm backend does not start')
  await ready()
  return tfjsEngine('wasm', `tfjs-backend-wasm ${version_wasm}`)
}
