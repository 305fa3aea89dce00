import { sub } from '@tensorflow/tfjs-core'
import { mergeLayers } from '../../model/layers/merge.ts'
import { registerLayer } from './register-layer.ts'

export function registerMerging(): void {
  registerLayer('Subtract', mergeLayers.Subtract, (_settings, [first, second]) => {
    if (first === undefined || second === undefined) throw new Error('an input is missing')
    return sub(first, second)
  })
}
