import type { Engine } from '@taikai/shared/engines/engine'
import { tfjsEngine } from '@taikai/shared/engines/tfjs-engine'
import { backend, getBackend, ready, version_core } from '@tensorflow/tfjs-core'

const packages = {
  'tensorflow-gpu': '@tensorflow/tfjs-node-gpu',
  tensorflow: '@tensorflow/tfjs-node',
} as const

/**
 * TensorFlow's own kernels through the optional native package. Throws where its binding is not installed; a binding that
 * does not fit this machine kills the process, so it is only ever tried in a child.
 */
export async function createTensorflowEngine(name: keyof typeof packages): Promise<Engine> {
  restoreUtilChecks()
  const imported: string = packages[name] // by a variable: its types need not be installed
  await import(imported)
  await ready()
  if (getBackend() !== 'tensorflow') throw new Error(`the backend is ${getBackend()}, not tensorflow`)
  if (name === 'tensorflow-gpu' && !usesGpu(backend())) throw new Error('TensorFlow sees no GPU')
  return tfjsEngine(name, `${packages[name].slice('@tensorflow/'.length)} ${version_core}`)
}

function usesGpu(native: object): boolean {
  return 'isUsingGpuDevice' in native && native.isUsingGpuDevice === true
}

/** tfjs-node 4.22 calls two functions of node:util that Node 23 took away. */
function restoreUtilChecks(): void {
  const util: object = process.getBuiltinModule('node:util')
  if (!('isNullOrUndefined' in util))
    Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined })
  if (!('isArray' in util)) Object.assign(util, { isArray: Array.isArray })
}
