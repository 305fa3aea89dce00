import {
  add,
  matMul,
  mul,
  serialization,
  split,
  sub,
  type Tensor,
  tidy,
  unstack,
  zeros,
} from '@tensorflow/tfjs-core'
import { initializers, layers } from '@tensorflow/tfjs-layers'
import { snakeKeys } from '../../model/layers/activation.ts'
import { recurrentLayers } from '../../model/layers/recurrent.ts'
import { activate } from './activations.ts'

/**
 * One step of a GRU with `reset_after` (Cho et al. 2014 in cuDNN's form, Keras' default): the reset gate acts on the recurrent
 * product, which has a bias of its own. State and output `[batch, units]`; gates in the order z, r, h.
 */
class ResetAfterCell extends layers.RNNCell {
  static readonly className = 'GRUResetAfterCell'
  readonly settings
  readonly stateSize: number

  constructor(config: serialization.ConfigDict) {
    super({})
    this.settings = recurrentLayers.GRU.schema.parse(snakeKeys(config))
    this.stateSize = this.settings.units
  }

  override build(inputShape: (number | null)[]): void {
    const described = recurrentLayers.GRU(this.settings, [[1, inputShape.at(-1) ?? 0]])
    for (const { name, shape } of described.weights)
      this.addWeight(name, [...shape], 'float32', initializers.zeros())
    super.build(inputShape)
  }

  override call(inputs: Tensor | Tensor[]): Tensor[] {
    return tidy(() => {
      const [x, state] = Array.isArray(inputs) ? inputs : []
      const [kernel, recurrentKernel, bias] = this.weights.map((weight) => weight.read())
      if (x === undefined || state === undefined || kernel === undefined || recurrentKernel === undefined)
        throw new Error('a GRU step without its input, state or weights')
      const { units, activation, recurrent_activation } = this.settings
      const [inputBias = zeros([units * 3]), stateBias = zeros([units * 3])] =
        bias === undefined ? [] : unstack(bias)
      const [inputZ, inputR, inputH] = split(add(matMul(x, kernel), inputBias), 3, 1)
      const [stateZ, stateR, stateH] = split(add(matMul(state, recurrentKernel), stateBias), 3, 1)
      if (!inputZ || !inputR || !inputH || !stateZ || !stateR || !stateH)
        throw new Error('a GRU without gates')
      const update = activate(recurrent_activation, add(inputZ, stateZ))
      const reset = activate(recurrent_activation, add(inputR, stateR))
      const candidate = activate(activation, add(inputH, mul(reset, stateH)))
      const output = add(mul(update, state), mul(sub(1, update), candidate))
      return [output, output]
    })
  }
}

/** TF.js' own loop over time (masks, directions, states) around the cell above. */
class ResetAfterGru extends layers.RNN {
  static override readonly className = 'GRUResetAfter'
  readonly config: serialization.ConfigDict

  constructor(config: serialization.ConfigDict) {
    const settings = snakeKeys(config)
    super({
      ...(typeof config.name === 'string' ? { name: config.name } : {}),
      cell: new ResetAfterCell(config),
      returnSequences: settings.return_sequences === true,
      returnState: settings.return_state === true,
      goBackwards: settings.go_backwards === true,
    })
    this.config = config
  }

  /** Bidirectional builds its second direction from this. */
  override getConfig(): serialization.ConfigDict {
    return { ...this.config, name: this.name }
  }

  static override fromConfig<T extends serialization.Serializable>(
    cls: serialization.SerializableConstructor<T>,
    config: serialization.ConfigDict,
  ): T {
    return new cls(config)
  }
}

export function registerGru(): void {
  serialization.registerClass(ResetAfterCell)
  serialization.registerClass(ResetAfterGru)
}
