import { z } from 'zod'
import { unsupportedMark } from './unsupported.ts'

/** Every activation function that can be scored, by the name under which the engine finds it. */
export const activationNames = [
  'linear',
  'relu',
  'relu6',
  'leaky_relu',
  'elu',
  'selu',
  'celu',
  'sigmoid',
  'hard_sigmoid',
  'hard_sigmoid_relu6',
  'log_sigmoid',
  'sparse_sigmoid',
  'softmax',
  'log_softmax',
  'softplus',
  'softsign',
  'tanh',
  'hard_tanh',
  'tanh_shrink',
  'swish',
  'hard_silu',
  'mish',
  'gelu',
  'gelu_new',
  'exponential',
  'squareplus',
  'sparse_plus',
  'soft_shrink',
  'hard_shrink',
  'step',
] as const
export type ActivationName = (typeof activationNames)[number]

const aliases: ReadonlyMap<string, ActivationName> = new Map([
  ...activationNames.map((name) => [name, name] as const),
  ['silu', 'swish'],
  ['hard_swish', 'hard_silu'],
  ['exp', 'exponential'],
])

/** TF.js writes `hardSigmoid` and `alphaInitializer`, Keras `hard_sigmoid` and `alpha_initializer`. */
export const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
/** The same for the keys of one configuration. */
export const snakeKeys = (config: object) =>
  Object.fromEntries(Object.entries(config).map(([key, value]: [string, unknown]) => [snakeCase(key), value]))

// ---- layers without weights that Keras also takes as the `activation` of another layer

/** Keras 2 writes some numbers as `{ type: 'ndarray', value }`, Keras 3 as `{ class_name: '__numpy__', config: { value } }`. */
const numpyNumber = z.union([
  z.object({ type: z.literal('ndarray'), value: z.number() }).transform(({ value }) => value),
  z
    .object({ class_name: z.literal('__numpy__'), config: z.object({ value: z.number() }) })
    .transform(({ config }) => config.value),
])
const number = z.union([z.number(), numpyNumber])
const real = (byDefault: number) => number.nullish().transform((value) => value ?? byDefault)

/** Keras 3 calls the slope `negative_slope`, Keras 2 and TF.js `alpha`. */
const slope = number.nullish()
export const activationSchemas = {
  ReLU: z.object({ max_value: number.nullish(), negative_slope: real(0), threshold: real(0) }),
  LeakyReLU: z.object({ alpha: slope, negative_slope: slope }),
  ELU: z.object({ alpha: real(1) }),
  ThresholdedReLU: z.object({ theta: real(1) }),
  Softmax: z.object({
    axis: z
      .union([z.number().int(), z.array(z.number().int()).length(1)])
      .nullish()
      .transform((axis) => (Array.isArray(axis) ? (axis[0] ?? -1) : (axis ?? -1))),
  }),
  Step: z.object({}),
  SigmoidWithGain: z.object({ gain: real(1) }),
} as const
export type ActivationLayerName = keyof typeof activationSchemas

/** The `activation` of a layer: a function's name, or one of the layers above with its settings. */
export type ActivationSetting =
  | ActivationName
  | { class_name: ActivationLayerName; config: Record<string, unknown> }

const layerSetting = z.object({
  class_name: z.string().max(40),
  config: z.union([z.string().max(40), z.record(z.string(), z.unknown())]).nullish(),
})

/** Reads an `activation`: names of any age, Keras 3's `{ class_name: 'function', config: 'relu' }`, and layers. */
export const activation = (byDefault: ActivationName = 'linear') =>
  z
    .unknown()
    .optional()
    .transform((value, context): ActivationSetting => {
      if (value === null || value === undefined) return byDefault
      const setting = settingOf(value)
      if (setting !== undefined) return setting
      context.addIssue(`${unsupportedMark}activation=${nameIn(value)}`)
      return z.NEVER
    })

function settingOf(value: unknown): ActivationSetting | undefined {
  if (typeof value === 'string') return aliases.get(snakeCase(value))
  const parsed = layerSetting.safeParse(
    typeof value === 'object' && value !== null ? snakeKeys(value) : value,
  )
  if (!parsed.success) return undefined
  const { class_name, config } = parsed.data
  if (typeof config === 'string') return aliases.get(snakeCase(config))
  if (!isActivationLayer(class_name)) return aliases.get(snakeCase(class_name))
  const settings = activationSchemas[class_name].safeParse(snakeKeys(config ?? {}))
  return settings.success ? { class_name, config: settings.data } : undefined
}

const isActivationLayer = (name: string): name is ActivationLayerName =>
  Object.hasOwn(activationSchemas, name)

function nameIn(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 40)
  const parsed = layerSetting.safeParse(value)
  if (!parsed.success) return '?'
  return typeof parsed.data.config === 'string' ? parsed.data.config : parsed.data.class_name
}

/** What an inspection shows: the function's name, for a layer within a layer its class; a Softmax layer is `softmax`. */
export function activationName(setting: unknown): string | null {
  if (typeof setting === 'string') return setting
  const parsed = layerSetting.safeParse(setting)
  if (!parsed.success) return null
  return parsed.data.class_name === 'Softmax' ? 'softmax' : parsed.data.class_name
}
