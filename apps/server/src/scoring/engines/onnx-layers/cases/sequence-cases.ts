import fc from 'fast-check'
import { anyShape, type Case, type Cases, onBranches, one, shapeOf, whole } from './arbitraries.ts'

const gates = fc.constantFrom('tanh', 'sigmoid', 'relu', 'linear', 'hard_sigmoid', 'softsign', 'elu')
const running = {
  units: whole(1, 5),
  use_bias: fc.boolean(),
  return_sequences: fc.boolean(),
  go_backwards: fc.boolean(),
  activation: gates,
  recurrent_activation: fc.constantFrom('sigmoid', 'hard_sigmoid', 'hard_sigmoid_relu6'),
}
const cells: Readonly<Record<string, fc.Arbitrary<Record<string, unknown>>>> = {
  SimpleRNN: fc.record(running).map(({ recurrent_activation: _, ...settings }) => settings),
  GRU: fc.record({ ...running, reset_after: fc.boolean() }),
  LSTM: fc.record(running),
}
const cell = fc.oneof(
  ...Object.entries(cells).map(([class_name, config]) =>
    fc.record({ class_name: fc.constant(class_name), config }),
  ),
)

/** An attention over two or three branches. */
const attention = (name: string, config: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<Case> =>
  fc.oneof(onBranches(name, 2, shapeOf(1), config), onBranches(name, 3, shapeOf(1), config))

/** A permutation of axes, or another shape for as many values. */
const rearranged = {
  Flatten: one('Flatten', anyShape),
  Reshape: anyShape.chain((shape) => {
    const size = shape.reduce((product, length) => product * length, 1)
    const halves: number[][] =
      size % 2 === 0
        ? [
            [2, size / 2],
            [2, -1],
          ]
        : []
    const target_shape = fc.constantFrom<number[]>([size], [1, size], [...shape].reverse(), ...halves)
    return one('Reshape', fc.constant(shape), fc.record({ target_shape }))
  }),
  Permute: anyShape.chain((shape) => {
    const axes = shape.map((_, axis) => axis + 1)
    const dims = fc.shuffledSubarray(axes, { minLength: axes.length })
    return one('Permute', fc.constant(shape), fc.record({ dims }))
  }),
  RepeatVector: one('RepeatVector', shapeOf(0), fc.record({ n: whole(1, 4) })),
}

/** Layers over time, attention, and what puts values in another order. */
export const sequenceCases: Cases = {
  ...rearranged,
  ...Object.fromEntries(Object.entries(cells).map(([name, config]) => [name, one(name, shapeOf(1), config)])),
  Bidirectional: one(
    'Bidirectional',
    shapeOf(1),
    fc.record({ layer: cell, merge_mode: fc.constantFrom('concat', 'sum', 'mul', 'ave') }),
  ),
  TimeDistributed: fc.oneof(
    one(
      'TimeDistributed',
      shapeOf(1),
      fc.record({ layer: fc.constant({ class_name: 'Dense', config: { units: 3 } }) }),
    ),
    one(
      'TimeDistributed',
      shapeOf(3, 4),
      fc.record({
        layer: fc.constant({ class_name: 'Conv2D', config: { filters: 2, kernel_size: 2, padding: 'same' } }),
      }),
    ),
  ),
  MultiHeadAttention: attention(
    'MultiHeadAttention',
    fc.record({
      num_heads: whole(1, 3),
      key_dim: whole(1, 4),
      value_dim: fc.option(whole(1, 4)),
      use_bias: fc.boolean(),
      output_shape: fc.option(whole(1, 4)),
    }),
  ),
  Attention: attention(
    'Attention',
    fc.record({ use_scale: fc.boolean(), score_mode: fc.constantFrom('dot', 'concat') }),
  ),
  AdditiveAttention: attention('AdditiveAttention', fc.record({ use_scale: fc.boolean() })),
}
