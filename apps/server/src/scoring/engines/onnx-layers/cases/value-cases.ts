import { activationNames } from '@taikai/shared/model/layers/activation'
import fc from 'fast-check'
import { anyShape, type Case, type Cases, onBranches, one, real, shapeOf, whole } from './arbitraries.ts'

const optional = (value: fc.Arbitrary<number>) => fc.option(value)
export const activation = fc.constantFrom(
  ...activationNames,
  { class_name: 'LeakyReLU', config: { negative_slope: 0.1 } },
  { class_name: 'ReLU', config: { max_value: 1 } },
)

const tokenCount = 4
/** A case whose layer gets numbers from 0 to below 4, which it takes as whole ones. */
const onTokens = (cases: fc.Arbitrary<Case>): fc.Arbitrary<Case> =>
  cases.map(({ shape, layers }) => ({
    shape,
    layers: [
      { class_name: 'Activation', config: { activation: 'sigmoid' } },
      { class_name: 'Rescaling', config: { scale: tokenCount - 0.01 } },
      ...layers,
    ],
  }))

/** Layers that work on each value, or on each vector of features. */
export const valueCases: Cases = {
  Activation: one('Activation', anyShape, fc.record({ activation })),
  ReLU: one(
    'ReLU',
    anyShape,
    fc.record({
      max_value: optional(real(0, 2)),
      negative_slope: fc.oneof(fc.constant(0), real(0, 1)),
      threshold: fc.oneof(fc.constant(0), real(-1, 1)),
    }),
  ),
  LeakyReLU: one('LeakyReLU', anyShape, fc.record({ negative_slope: real(-0.5, 1) })),
  ELU: one('ELU', anyShape, fc.record({ alpha: real(0, 2) })),
  ThresholdedReLU: one('ThresholdedReLU', anyShape, fc.record({ theta: real(0, 1) })),
  Softmax: anyShape.chain((shape) =>
    one('Softmax', fc.constant(shape), fc.record({ axis: whole(1, shape.length).map((axis) => -axis) })),
  ),
  Step: one('Step', anyShape),
  SigmoidWithGain: one('SigmoidWithGain', anyShape, fc.record({ gain: real(-5, 5) })),
  PReLU: anyShape.chain((shape) => {
    const axes = fc.subarray(shape.map((_, axis) => axis + 1).slice(0, -1))
    return one('PReLU', fc.constant(shape), fc.record({ shared_axes: axes }))
  }),
  Dense: one('Dense', anyShape, fc.record({ units: whole(1, 9), use_bias: fc.boolean(), activation })),
  Embedding: onTokens(
    one(
      'Embedding',
      fc.oneof(shapeOf(0), shapeOf(1)),
      fc.record({ input_dim: fc.constant(tokenCount), output_dim: whole(1, 4) }),
    ),
  ),
  CategoryEncoding: onTokens(
    one(
      'CategoryEncoding',
      shapeOf(0),
      fc.record({ num_tokens: whole(2, 5), output_mode: fc.constantFrom('one_hot', 'multi_hot', 'count') }),
    ),
  ),
  Rescaling: anyShape.chain((shape) => {
    const channels = shape.at(-1) ?? 1
    const numbers = fc.oneof(real(-2, 2), fc.array(real(-2, 2), { minLength: channels, maxLength: channels }))
    return one('Rescaling', fc.constant(shape), fc.record({ scale: numbers, offset: numbers }))
  }),
  Normalization: anyShape.chain((shape) =>
    one(
      'Normalization',
      fc.constant(shape),
      fc.oneof(
        fc.record({
          axis: fc.subarray(shape.map((_, axis) => axis + 1)),
          invert: fc.boolean(),
        }),
        fc.record({ axis: fc.constant(-1), mean: real(-1, 1), variance: real(0.1, 2) }),
      ),
    ),
  ),
  BatchNormalization: one(
    'BatchNormalization',
    anyShape,
    fc.record({ epsilon: real(1e-5, 1e-2), scale: fc.boolean(), center: fc.boolean() }),
  ),
  LayerNormalization: anyShape.chain((shape) => {
    const axis = fc.subarray(
      shape.map((_, index) => index + 1),
      { minLength: 1 },
    )
    const flags = { scale: fc.boolean(), center: fc.boolean(), epsilon: real(1e-3, 1e-1) }
    return one('LayerNormalization', fc.constant(shape), fc.record({ axis, ...flags }))
  }),
  RMSNormalization: anyShape.chain((shape) => {
    const axis = fc.subarray(
      shape.map((_, index) => index + 1),
      { minLength: 1 },
    )
    return one('RMSNormalization', fc.constant(shape), fc.record({ axis }))
  }),
  GroupNormalization: anyShape.chain((shape) => {
    const channels = shape.at(-1) ?? 1
    const groups = fc.constantFrom(...[-1, 1, 2, 3].filter((count) => channels % count === 0))
    const flags = { scale: fc.boolean(), center: fc.boolean(), epsilon: real(1e-3, 1e-1) }
    return one('GroupNormalization', fc.constant(shape), fc.record({ groups, ...flags }))
  }),
  UnitNormalization: anyShape.chain((shape) => {
    const axis = fc.subarray(
      shape.map((_, index) => index + 1),
      { minLength: 1 },
    )
    return one('UnitNormalization', fc.constant(shape), fc.record({ axis }))
  }),
  ...Object.fromEntries(
    ['Add', 'Multiply', 'Average', 'Maximum', 'Minimum'].map((name) => [
      name,
      fc.oneof(onBranches(name, 2, anyShape), onBranches(name, 3, anyShape)),
    ]),
  ),
  Subtract: onBranches('Subtract', 2, anyShape),
  Concatenate: anyShape.chain((shape) =>
    onBranches(
      'Concatenate',
      3,
      fc.constant(shape),
      fc.record({ axis: whole(1, shape.length).map((axis) => -axis) }),
    ),
  ),
  Dot: fc.oneof(
    onBranches('Dot', 2, shapeOf(0), fc.record({ axes: fc.constant(-1), normalize: fc.boolean() })),
    onBranches('Dot', 2, shapeOf(1), fc.record({ axes: fc.constantFrom(1, 2), normalize: fc.boolean() })),
  ),
}
