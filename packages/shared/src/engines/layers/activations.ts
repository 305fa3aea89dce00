import {
  abs,
  add,
  clipByValue,
  div,
  elu,
  erf,
  exp,
  greater,
  greaterEqual,
  leakyRelu,
  less,
  logSoftmax,
  minimum,
  mul,
  neg,
  relu,
  relu6,
  scalar,
  selu,
  serialization,
  sigmoid,
  sign,
  softmax,
  softplus,
  sqrt,
  square,
  sub,
  type Tensor,
  tanh,
  tidy,
  transpose,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core'
import {
  type ActivationLayerName,
  type ActivationName,
  activationSchemas,
  activation as activationSetting,
} from '../../model/layers/activation.ts'

type Activation = (x: Tensor) => Tensor

const hardSigmoid: Activation = (x) => clipByValue(add(mul(x, 0.2), 0.5), 0, 1)
const hardSigmoidRelu6: Activation = (x) => div(relu6(add(x, 3)), 6)
const eluWith = (x: Tensor, alpha: number) => where(greater(x, 0), x, mul(sub(exp(minimum(x, 0)), 1), alpha))
/** 0 where |x| ≤ threshold. */
const outside = (x: Tensor, threshold: number, beyond: Tensor) =>
  where(greater(abs(x), threshold), beyond, zerosLike(x))

/** Every function by its name; formulas as in Keras 3's `activations`, where no other source is named. */
const functions: Readonly<Record<ActivationName, Activation>> = {
  linear: (x) => x,
  relu,
  relu6,
  leaky_relu: (x) => leakyRelu(x, 0.2),
  elu,
  selu,
  celu: (x) => eluWith(x, 1),
  sigmoid,
  hard_sigmoid: hardSigmoid, // Keras 2 and TF.js
  hard_sigmoid_relu6: hardSigmoidRelu6, // Keras 3
  log_sigmoid: (x) => neg(softplus(neg(x))),
  sparse_sigmoid: (x) => clipByValue(mul(add(x, 1), 0.5), 0, 1),
  softmax: (x) => softmax(x),
  log_softmax: (x) => logSoftmax(x),
  softplus,
  softsign: (x) => div(x, add(abs(x), 1)),
  tanh,
  hard_tanh: (x) => clipByValue(x, -1, 1),
  tanh_shrink: (x) => sub(x, tanh(x)),
  swish: (x) => mul(x, sigmoid(x)),
  hard_silu: (x) => mul(x, hardSigmoidRelu6(x)),
  mish: (x) => mul(x, tanh(softplus(x))),
  gelu: (x) => mul(mul(x, 0.5), add(erf(div(x, Math.SQRT2)), 1)),
  gelu_new: (x) =>
    mul(mul(x, 0.5), add(tanh(mul(add(x, mul(mul(square(x), x), 0.044715)), Math.sqrt(2 / Math.PI))), 1)),
  exponential: exp,
  squareplus: (x) => div(add(x, sqrt(add(square(x), 4))), 2),
  sparse_plus: (x) =>
    where(greaterEqual(x, 1), x, where(less(x, -1), zerosLike(x), mul(square(add(x, 1)), 0.25))),
  soft_shrink: (x) => outside(x, 0.5, sub(x, mul(sign(x), 0.5))),
  hard_shrink: (x) => outside(x, 0.5, x),
  step: (x) => where(greater(x, 0), scalar(1), zerosLike(x)), // the perceptron's: 1 above the threshold, else 0
}

/** The layers that may stand as an activation; settings as their schemas read them. */
export const activationLayers: Readonly<
  Record<ActivationLayerName, (settings: unknown, x: Tensor) => Tensor>
> = {
  ReLU: (settings, x) => {
    const { max_value, negative_slope, threshold } = activationSchemas.ReLU.parse(settings)
    const plain = negative_slope === 0 && threshold === 0
    const below = () => mul(sub(x, threshold), negative_slope)
    const rising = plain ? relu(x) : where(greaterEqual(x, threshold), x, below())
    return max_value === null || max_value === undefined ? rising : minimum(rising, max_value)
  },
  LeakyReLU: (settings, x) => {
    const { alpha, negative_slope } = activationSchemas.LeakyReLU.parse(settings)
    return leakyRelu(x, negative_slope ?? alpha ?? 0.3)
  },
  ELU: (settings, x) => eluWith(x, activationSchemas.ELU.parse(settings).alpha),
  ThresholdedReLU: (settings, x) =>
    where(greater(x, activationSchemas.ThresholdedReLU.parse(settings).theta), x, zerosLike(x)),
  Softmax: (settings, x) => {
    const { axis } = activationSchemas.Softmax.parse(settings)
    const at = axis < 0 ? x.rank + axis : axis
    if (at === x.rank - 1) return softmax(x)
    const last = x.rank - 1
    const swapped = Array.from({ length: x.rank }, (_, one) => (one === at ? last : one === last ? at : one))
    return transpose(softmax(transpose(x, swapped)), swapped)
  },
  Step: (_settings, x) => functions.step(x),
  SigmoidWithGain: (settings, x) => sigmoid(mul(x, activationSchemas.SigmoidWithGain.parse(settings).gain)),
}

const settingSchema = activationSetting()

/** Applies the `activation` setting of a layer, as its kind reads it; none is linear. */
export function activate(setting: unknown, x: Tensor): Tensor {
  const parsed = settingSchema.parse(setting)
  return typeof parsed === 'string'
    ? functions[parsed](x)
    : activationLayers[parsed.class_name](parsed.config, x)
}

/** Lets TF.js' own layers use every function: it looks them up by class names in camel case. */
export function registerActivations(): void {
  for (const [name, apply] of Object.entries(functions)) {
    const camelCase = name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase())
    class RegisteredActivation extends serialization.Serializable {
      static readonly className = camelCase
      getConfig(): serialization.ConfigDict {
        return {}
      }
      apply(x: Tensor): Tensor {
        return tidy(() => apply(x))
      }
    }
    serialization.registerClass(RegisteredActivation)
  }
}
