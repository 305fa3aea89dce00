import { z } from 'zod'
import { TaikaiError } from '../../errors.ts'
import { activation } from './activation.ts'
import { convolutionSchema, windowedLength } from './convolution.ts'
import {
  axisSize,
  count,
  type DescribedLayer,
  flag,
  LayerFault,
  type LayerKind,
  layerKind,
  only,
  type Shape,
  sizeOf,
  soleInput,
  zeros,
} from './layer-kind.ts'

const running = {
  return_sequences: flag(false),
  return_state: flag(false),
  go_backwards: flag(false),
  time_major: only(false, 'time_major=True'),
}
const starting = {
  unit_forget_bias: z
    .unknown()
    .optional()
    .transform(() => false),
  kernel_initializer: zeros,
  recurrent_initializer: zeros,
  bias_initializer: zeros,
}

/**
 * A recurrent layer over `[time, features]` with `gates` matrices per step.
 * MACs: time × (features × units + units²) × gates.
 */
const recurrent = (gates: number, stateCount: number) =>
  layerKind(
    z.object({
      units: count,
      activation: activation('tanh'),
      ...(gates > 1 ? { recurrent_activation: activation('hard_sigmoid') } : {}),
      use_bias: flag(true),
      // Only a GRU has it: with a bias of its own in the recurrent product, as cuDNN computes it. Keras' default since 2.0.
      reset_after: flag(false),
      ...running,
      ...starting,
    }),
    (config, inputs) => {
      const { units, use_bias, return_sequences, return_state } = config
      const resetAfter = gates === 3 && config.reset_after
      const input = soleInput(inputs, 2)
      const time = axisSize(input, 0)
      const features = axisSize(input, 1)
      const states = return_state ? new Array<number[]>(stateCount).fill([units]) : []
      const bias = resetAfter ? [2, units * gates] : [units * gates]
      return {
        outputs: [return_sequences ? [time, units] : [units], ...states],
        weights: [
          { name: 'kernel', shape: [features, units * gates] },
          { name: 'recurrent_kernel', shape: [units, units * gates] },
          ...(use_bias ? [{ name: 'bias', shape: bias }] : []),
        ],
        macs: time * (features + units) * units * gates,
        ...(resetAfter ? { engine: { className: 'GRUResetAfter', config } } : {}),
      }
    },
  )

/** Shi et al. 2015: an LSTM over `[time, height, width, channels]` whose products are convolutions. */
const convLstm = layerKind(
  convolutionSchema(2).extend({
    filters: count,
    activation: activation('tanh'),
    recurrent_activation: activation('hard_sigmoid'),
    ...running,
    ...starting,
  }),
  (config, inputs) => {
    const input = soleInput(inputs, 4)
    if (config.return_state) throw new LayerFault('gives its state as an output')
    const kernel = [...config.kernel_size, axisSize(input, 3), config.filters * 4]
    const recurrentKernel = [...config.kernel_size, config.filters, config.filters * 4]
    const positions = config.kernel_size.map((size, axis) =>
      windowedLength(
        axisSize(input, axis + 1),
        size,
        axisSize(config.strides, axis),
        config.padding,
        axisSize(config.dilation_rate, axis),
      ),
    )
    const output = [...positions, config.filters]
    return {
      outputs: [config.return_sequences ? [axisSize(input, 0), ...output] : output],
      weights: [
        { name: 'kernel', shape: kernel },
        { name: 'recurrent_kernel', shape: recurrentKernel },
        ...(config.use_bias ? [{ name: 'bias', shape: [config.filters * 4] }] : []),
      ],
      macs: axisSize(input, 0) * sizeOf(positions) * (sizeOf(kernel) + sizeOf(recurrentKernel)),
    }
  },
)

const layers = { SimpleRNN: recurrent(1, 1), GRU: recurrent(3, 1), LSTM: recurrent(4, 2) }

const cell = z.object({ class_name: z.string().max(100), config: z.record(z.string(), z.unknown()) })
const rnnSchema = z.looseObject({ cell })
const stackSchema = z.object({ cells: z.array(cell).min(1).max(20) })

/** The layer that runs one cell by itself. Throws LAYER_UNSUPPORTED. */
function layerOf({ class_name }: z.infer<typeof cell>): keyof typeof layers {
  const name = class_name.replace(/Cell$/, '')
  if (name === 'SimpleRNN' || name === 'GRU' || name === 'LSTM') return name
  throw new TaikaiError('LAYER_UNSUPPORTED', { layer: `RNN(${class_name})` })
}

/** `RNN` around one cell is the layer of that cell's name; the settings of the run stand beside the cell. */
const rnn: LayerKind = (untrusted, inputs) => {
  const parsed = rnnSchema.safeParse(untrusted)
  if (!parsed.success) throw new LayerFault('runs no cell')
  const { cell: one, ...run } = parsed.data
  const stack = stackSchema.safeParse(one.config)
  if (one.class_name === 'StackedRNNCells' && stack.success)
    return stackedCells(stack.data.cells, run, inputs)
  const className = layerOf(one)
  const described = layers[className]({ ...one.config, ...run }, inputs)
  const engine = described.engine ?? { className, config: described.config }
  return { ...described, wraps: [className], engine }
}

/** Cells that hand their output on within each step. */
function stackedCells(
  cells: readonly z.infer<typeof cell>[],
  run: object,
  inputs: readonly Shape[],
): DescribedLayer {
  const settings = z.object(running).safeParse(run)
  if (!settings.success || settings.data.return_state) throw new LayerFault('gives its states as outputs')
  let output = soleInput(inputs, 2)
  const parts = cells.map((one) => {
    const described = layers[layerOf(one)]({ ...one.config, return_sequences: true }, [output])
    output = soleInput(described.outputs)
    return { className: one.class_name, described }
  })
  const engineCells = parts.map(({ className, described: { config, engine } }) => ({
    class_name: engine === undefined ? className : `${engine.className}Cell`,
    config,
  }))
  const config = {
    cell: { class_name: 'StackedRNNCells', config: { cells: engineCells } },
    return_sequences: settings.data.return_sequences,
    go_backwards: settings.data.go_backwards,
  }
  return {
    outputs: [config.return_sequences ? output : output.slice(1)],
    weights: parts.flatMap(({ described }, index) =>
      described.weights.map(({ name, shape }) => ({ name: `cell_${index}/${name}`, shape })),
    ),
    macs: parts.reduce((sum, { described }) => sum + described.macs, 0),
    working: Math.max(...parts.map(({ described }) => sizeOf(described.outputs[0] ?? []))),
    config,
    activation: null,
    wraps: cells.map(layerOf),
  }
}

export const recurrentLayers = { ...layers, ConvLSTM2D: convLstm, RNN: rnn }
