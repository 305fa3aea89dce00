import type { Shape } from '../model/layers/layer-kind.ts'

export type Window = { size: readonly number[]; strides: readonly number[]; dilations?: readonly number[] }

/**
 * Zeros around each spatial axis, first those before, then those after, as ONNX wants them: `same` gives ceil(length / stride)
 * places and puts the odd zero after (TensorFlow), `causal` all before.
 */
export function padsOf(padding: string, lengths: Shape, { size, strides, dilations }: Window): number[] {
  const margins = size.map((window, axis): [before: number, after: number] => {
    const stride = strides[axis] ?? 1
    const span = (window - 1) * (dilations?.[axis] ?? 1) + 1
    if (padding === 'causal') return [span - 1, 0]
    if (padding === 'valid') return [0, 0]
    const length = lengths[axis] ?? 1
    const total = Math.max((Math.ceil(length / stride) - 1) * stride + span - length, 0)
    return [Math.floor(total / 2), Math.ceil(total / 2)]
  })
  return [...margins.map(([before]) => before), ...margins.map(([, after]) => after)]
}
