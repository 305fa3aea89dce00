import type { Shape } from '@taikai/shared/model/layers/layer-kind'
import { movedAxes } from './moved-axes.ts'

/** Whole numbers are INT or INTS, `float` and `floats` FLOAT and FLOATS (AttributeProto.AttributeType). */
export type AttributeValue =
  | number
  | readonly number[]
  | string
  | readonly string[]
  | { float: number }
  | { floats: readonly number[] }
export type Attributes = Readonly<Record<string, AttributeValue>>
export type GraphNode = { op: string; inputs: string[]; outputs: string[]; attributes: Attributes }

/** Weights of a layer as it stores them: float32, packed. */
export type Weight = { readonly shape: Shape; readonly data: Float32Array }
export type Constant = { shape: Shape; data: Float32Array | BigInt64Array }

/** How a weight lies in the graph: its axes in another order (`axes[i]`: which one stands at place i), then another shape. */
type Arrangement = { axes?: readonly number[]; shape?: Shape }

/** An ONNX graph that grows node by node, each after the nodes whose outputs it takes. */
export class GraphBuilder {
  nodes: GraphNode[] = []
  readonly constants = new Map<string, Constant>()
  readonly #weights = new WeakMap<Weight, Map<string, string>>()
  /** What each transposed value is made of, and the transposed values by source and order. */
  readonly #transposed = new Map<string, { source: string; axes: readonly number[] }>()
  readonly #transpositions = new Map<string, string>()
  #names = 0

  /** Adds a node with one output, and gives the output's name. */
  node(op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const output = this.#newName()
    this.nodes.push({ op, inputs: [...inputs], outputs: [output], attributes })
    return output
  }

  /** Adds a node with `count` outputs. */
  nodeWith(count: number, op: string, inputs: readonly string[], attributes: Attributes = {}): string[] {
    const outputs = Array.from({ length: count }, () => this.#newName())
    this.nodes.push({ op, inputs: [...inputs], outputs, attributes })
    return outputs
  }

  constant(values: readonly number[] | Float32Array, shape: Shape = [values.length]): string {
    return this.#addConstant({
      shape,
      data: values instanceof Float32Array ? values : Float32Array.from(values),
    })
  }

  scalar(value: number): string {
    return this.constant([value], [])
  }

  integers(values: readonly number[], shape: Shape = [values.length]): string {
    return this.#addConstant({ shape, data: BigInt64Array.from(values, BigInt) })
  }

  /** A layer's weight with its axes in another order, then in another shape. */
  weight(weight: Weight, { axes, shape }: Arrangement = {}): string {
    return this.weightAs(weight, JSON.stringify([axes, shape]), () => {
      const moved = axes === undefined ? weight : movedAxes(weight, axes)
      return { shape: shape ?? moved.shape, data: moved.data }
    })
  }

  /** What is made of a layer's weight; `key` says how, and what several calls of the layer make alike is there once. */
  weightAs(weight: Weight, key: string, make: () => Constant): string {
    const known = this.#weights.get(weight) ?? new Map<string, string>()
    this.#weights.set(weight, known)
    const name = known.get(key) ?? this.#addConstant(make())
    known.set(key, name)
    return name
  }

  reshape(name: string, shape: Shape): string {
    return this.node('Reshape', [name, this.integers(shape)])
  }

  /** `axes[i]`: which axis, batch included, stands at place i. One after another they are one, and none where they cancel out. */
  transpose(name: string, axes: readonly number[]): string {
    const before = this.#transposed.get(name)
    if (before !== undefined)
      return this.transpose(
        before.source,
        axes.map((axis) => before.axes[axis] ?? axis),
      )
    if (axes.every((axis, place) => axis === place)) return name
    const key = `${name} ${axes.join()}`
    const known = this.#transpositions.get(key)
    if (known !== undefined) return known
    const output = this.node('Transpose', [name], { perm: axes })
    this.#transposed.set(output, { source: name, axes })
    this.#transpositions.set(key, output)
    return output
  }

  /** Has the graph's input `name` come transposed, where one node alone reads it and does just that. False where not. */
  takeTransposed(name: string, axes: readonly number[]): boolean {
    const [reader, ...others] = this.nodes.filter(({ inputs }) => inputs.includes(name))
    if (others.length > 0 || reader?.op !== 'Transpose' || String(reader.attributes.perm) !== String(axes))
      return false
    const [transposed] = reader.outputs
    this.nodes = this.nodes
      .filter((node) => node !== reader)
      .map((node) => ({ ...node, inputs: node.inputs.map((input) => (input === transposed ? name : input)) }))
    return true
  }

  #addConstant(constant: Constant): string {
    const name = this.#newName()
    this.constants.set(name, constant)
    return name
  }

  #newName(): string {
    return `v${this.#names++}`
  }
}
