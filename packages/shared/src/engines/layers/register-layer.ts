import { serialization as registry, type serialization, type Tensor, tidy } from '@tensorflow/tfjs-core'
import { initializers, layers } from '@tensorflow/tfjs-layers'
import type { z } from 'zod'
import { snakeKeys } from '../../model/layers/activation.ts'
import type { Shape, TypedLayerKind } from '../../model/layers/layer-kind.ts'
import { activate } from './activations.ts'

/** A layer's weights by the names of its kind. */
export type Weights = ReadonlyMap<string, Tensor>
/** What a layer computes: inputs `[batch, ...]`, with the settings as the layer's kind reads them. */
export type Run<Settings> = (settings: Settings, inputs: readonly Tensor[], weights: Weights) => Tensor

type TfjsShape = (number | null)[]

/**
 * Makes TF.js build `className` with our computation, in the place of its own where it has one. Shapes and weights come from
 * the layer's kind, so that they are said once; an `activation` setting is applied to what `run` gives. Behind a Masking layer
 * only what works on each place by itself may pass the mask on (`passesMask`); others do not build there.
 */
export function registerLayer<Schema extends z.ZodObject>(
  className: string,
  kind: TypedLayerKind<Schema>,
  run: Run<z.output<Schema>>,
  { passesMask = false }: { passesMask?: boolean } = {},
): void {
  class RegisteredLayer extends layers.Layer {
    static readonly className = className
    readonly config: Record<string, unknown>
    readonly settings: z.output<Schema>
    weightNames: readonly string[] = []

    constructor(config: serialization.ConfigDict) {
      super(typeof config.name === 'string' ? { name: config.name } : {})
      this.supportsMasking = passesMask
      this.config = snakeKeys(config)
      this.settings = kind.schema.parse(this.config)
    }

    override build(inputShape: TfjsShape | TfjsShape[]): void {
      const described = kind(this.config, withoutBatch(inputShape))
      this.weightNames = described.weights.map(({ name }) => name)
      for (const { name, shape } of described.weights)
        this.addWeight(name, [...shape], 'float32', initializers.zeros())
      super.build(inputShape)
    }

    override computeOutputShape(inputShape: TfjsShape | TfjsShape[]): TfjsShape {
      return [null, ...(kind(this.config, withoutBatch(inputShape)).outputs[0] ?? [])]
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      return tidy(() => {
        const weights = new Map(
          this.weights.map((weight, index) => [this.weightNames[index] ?? '', weight.read()]),
        )
        const output = run(this.settings, Array.isArray(inputs) ? inputs : [inputs], weights)
        return activate(this.config.activation, output)
      })
    }
  }
  registry.registerClass(RegisteredLayer)
}

function withoutBatch(shape: TfjsShape | TfjsShape[]): Shape[] {
  return shapesOf(shape).map((one) => one.slice(1).map((size) => size ?? 0))
}

const isShape = (shape: TfjsShape | TfjsShape[]): shape is TfjsShape => !Array.isArray(shape[0])
const shapesOf = (shape: TfjsShape | TfjsShape[]): TfjsShape[] => (isShape(shape) ? [shape] : shape)

/** A weight that the layer's kind names; its absence is our own fault. */
export function weightOf(weights: Weights, name: string): Tensor {
  const weight = weights.get(name)
  if (weight === undefined) throw new Error(`the weight ${name} is missing`)
  return weight
}

/** The input of a layer that takes one; tfjs has checked how many there are when it built the layer. */
export function soleTensor(inputs: readonly Tensor[]): Tensor {
  const [input] = inputs
  if (input === undefined) throw new Error('the input is missing')
  return input
}
