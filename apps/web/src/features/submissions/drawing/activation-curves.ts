/** A function of one number that a layer applies to each of its values, or softmax, which has no curve. */
export type Activation = {
  name: string
  formula: string
  /** null where one value's result depends on the others. */
  curve: ((x: number) => number) | null
  /** The layer may have settings of its own (a slope, a bound), which the inspection does not hold: drawn with the usual ones. */
  hasSettings: boolean
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
const softplus = (x: number) => Math.log1p(Math.exp(x))
const clip = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x))
const hardSigmoid = (x: number) => clip(x / 6 + 0.5, 0, 1)
/** As PyTorch and `gelu_new` approximate it; the curve differs from the exact one by less than a line's width. */
const gelu = (x: number) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))
const seluScale = 1.0507009873554805
const seluAlpha = 1.6732632423543772

type Known = readonly [formula: string, curve: ((x: number) => number) | null]

/** By name without underscores and in small letters, so that Keras' `leaky_relu`, its `LeakyReLU` and ONNX's `LeakyRelu` are one. */
const known: ReadonlyMap<string, Known> = new Map<string, Known>([
  ['relu', ['max(0, x)', (x) => Math.max(0, x)]],
  ['relu6', ['min(max(0, x), 6)', (x) => clip(x, 0, 6)]],
  ['leakyrelu', ['max(αx, x), α = 0.2', (x) => Math.max(0.2 * x, x)]],
  ['prelu', ['max(αx, x), α = 0.2', (x) => Math.max(0.2 * x, x)]],
  ['elu', ['x < 0: eˣ − 1, x ≥ 0: x', (x) => (x < 0 ? Math.expm1(x) : x)]],
  ['celu', ['x < 0: eˣ − 1, x ≥ 0: x', (x) => (x < 0 ? Math.expm1(x) : x)]],
  ['selu', ['x < 0: 1.76(eˣ − 1), x ≥ 0: 1.05x', (x) => seluScale * (x < 0 ? seluAlpha * Math.expm1(x) : x)]],
  ['sigmoid', ['1 / (1 + e⁻ˣ)', sigmoid]],
  ['sigmoidwithgain', ['1 / (1 + e⁻ˣ)', sigmoid]],
  ['hardsigmoid', ['min(max(0, 0.2x + 0.5), 1)', (x) => clip(0.2 * x + 0.5, 0, 1)]],
  ['hardsigmoidrelu6', ['min(max(0, x / 6 + 0.5), 1)', hardSigmoid]],
  ['logsigmoid', ['−log(1 + e⁻ˣ)', (x) => -softplus(-x)]],
  ['sparsesigmoid', ['min(max(0, (x + 1) / 2), 1)', (x) => clip((x + 1) / 2, 0, 1)]],
  ['softmax', ['eˣⁱ / Σ eˣʲ', null]],
  ['logsoftmax', ['log(eˣⁱ / Σ eˣʲ)', null]],
  ['softplus', ['log(1 + eˣ)', softplus]],
  ['softsign', ['x / (1 + |x|)', (x) => x / (1 + Math.abs(x))]],
  ['tanh', ['tanh(x)', Math.tanh]],
  ['hardtanh', ['min(max(−1, x), 1)', (x) => clip(x, -1, 1)]],
  ['tanhshrink', ['x − tanh(x)', (x) => x - Math.tanh(x)]],
  ['swish', ['x / (1 + e⁻ˣ)', (x) => x * sigmoid(x)]],
  ['silu', ['x / (1 + e⁻ˣ)', (x) => x * sigmoid(x)]],
  ['hardsilu', ['x · min(max(0, x / 6 + 0.5), 1)', (x) => x * hardSigmoid(x)]],
  ['hardswish', ['x · min(max(0, x / 6 + 0.5), 1)', (x) => x * hardSigmoid(x)]],
  ['mish', ['x · tanh(log(1 + eˣ))', (x) => x * Math.tanh(softplus(x))]],
  ['gelu', ['x · Φ(x)', gelu]],
  ['gelunew', ['x/2 · (1 + tanh(√(2/π)(x + 0.0447x³)))', gelu]],
  ['exponential', ['eˣ', Math.exp]],
  ['exp', ['eˣ', Math.exp]],
  ['squareplus', ['(x + √(x² + 4)) / 2', (x) => (x + Math.hypot(x, 2)) / 2]],
  [
    'sparseplus',
    ['x < −1: 0, x ≥ 1: x, (x + 1)² / 4', (x) => (x >= 1 ? x : x < -1 ? 0 : ((x + 1) / 2) ** 2)],
  ],
  ['softshrink', ['|x| > 0.5: x ∓ 0.5, 0', (x) => (Math.abs(x) > 0.5 ? x - 0.5 * Math.sign(x) : 0)]],
  ['hardshrink', ['|x| > 0.5: x, 0', (x) => (Math.abs(x) > 0.5 ? x : 0)]],
  ['thresholdedrelu', ['x > θ: x, 0, θ = 1', (x) => (x > 1 ? x : 0)]],
  ['step', ['x > 0: 1, x ≤ 0: 0', (x) => (x > 0 ? 1 : 0)]],
])
const withSettings = new Set([
  ...['ReLU', 'LeakyReLU', 'LeakyRelu', 'PReLU', 'PRelu', 'ELU', 'Elu', 'CELU', 'Celu', 'Selu'],
  ...['ThresholdedReLU', 'SigmoidWithGain', 'HardSigmoid'],
])

/** What a layer applies at its end, or is: from its activation's name, else from its class. Null for none, and for the identity. */
export function activationOf(layer: { className: string; activation: string | null }): Activation | null {
  const name = layer.activation ?? layer.className
  const found = known.get(name.replaceAll('_', '').toLowerCase())
  if (found === undefined) return null
  const [formula, curve] = found
  return { name, formula, curve, hasSettings: withSettings.has(name) }
}

/** From -4 to 4 in both directions, which shows where each of these functions bends. */
const reach = 4
const steps = 96

/**
 * An SVG path of a curve in a square of `size` with 0 in its middle, cut off at its edges. A jump is one upright line, as it is
 * drawn by hand.
 */
export function curvePath(curve: (x: number) => number, size: number): string {
  const at = (value: number) => Number(((value / reach / 2 + 0.5) * size).toFixed(2))
  const points: string[] = []
  for (let step = 0; step <= steps; step++) {
    const x = (2 * reach * step) / steps - reach
    points.push(`${at(x)},${at(-clip(curve(x), -reach, reach))}`)
  }
  return `M${points.join('L')}`
}
