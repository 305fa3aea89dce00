import { z } from 'zod'
import {
  activation,
  axisSize,
  count,
  flag,
  type LayerKind,
  layerKind,
  soleInput,
  zeros,
} from './layer-kind.ts'

/**
 * A recurrent layer over `[time, features]` with `gates` matrices per step.
 * MACs: time × (features × units + units²) × gates.
 */
const recurrent = (gates: number, hasRecurrentActivation: boolean, stateCount: number): LayerKind => {
  const base = z.object({
    units: count,
    activation: activation('tanh'),
    use_bias: flag(true),
    return_sequences: flag(false),
    return_state: flag(false),
    go_backwards: flag(false),
    unroll: flag(false),
    // TF.js only has the gates of reset_after=false; the weights of the other form have another shape.
    reset_after: z
      .literal(false)
      .nullish()
      .transform(() => false),
    unit_forget_bias: z
      .unknown()
      .optional()
      .transform(() => false),
    kernel_initializer: zeros,
    recurrent_initializer: zeros,
    bias_initializer: zeros,
  })
  const schema = hasRecurrentActivation
    ? base.extend({ recurrent_activation: activation('hard_sigmoid') })
    : base
  return layerKind(schema, ({ units, use_bias, return_sequences, return_state }, inputs) => {
    const input = soleInput(inputs, 2)
    const time = axisSize(input, 0)
    const features = axisSize(input, 1)
    const output = return_sequences ? [time, units] : [units]
    const states = return_state ? new Array<number[]>(stateCount).fill([units]) : []
    return {
      outputs: [output, ...states],
      weights: [
        { name: 'kernel', shape: [features, units * gates] },
        { name: 'recurrent_kernel', shape: [units, units * gates] },
        ...(use_bias ? [{ name: 'bias', shape: [units * gates] }] : []),
      ],
      macs: time * (features + units) * units * gates,
    }
  })
}

export const recurrentLayers: Readonly<Record<string, LayerKind>> = {
  SimpleRNN: recurrent(1, false, 1),
  GRU: recurrent(3, true, 1),
  LSTM: recurrent(4, true, 2),
}
