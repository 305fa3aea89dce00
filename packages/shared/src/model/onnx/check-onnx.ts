import { TaikaiError } from '../../errors.ts'
import { modelLimits } from '../limits.ts'
import { type Constants, constantsOf, isFiniteTensor, smallIntegers } from './onnx-constants.ts'
import type { OnnxFunction, OnnxGraph, OnnxNode, OnnxProto } from './onnx-model.ts'

/** Opsets of the standard operators that are scored; older exporters wrote other meanings. */
export const onnxOpsets = { oldest: 7, newest: 21 } as const

/** Operators that a graph comes to: as they stand once functions are put in place, and as they run, loops counted. */
type Size = { operators: number; steps: number }

/** A model must give the same outputs each time. */
const random = new Set([
  'RandomNormal',
  'RandomNormalLike',
  'RandomUniform',
  'RandomUniformLike',
  'Multinomial',
  'Bernoulli',
])
/** Operators whose further inputs are weights: a value that is not finite there spoils every output. */
const weighted = new Set([
  'Conv',
  'ConvTranspose',
  'Gemm',
  'MatMul',
  'BatchNormalization',
  'InstanceNormalization',
  'LayerNormalization',
  'GroupNormalization',
  'PRelu',
  'RNN',
  'LSTM',
  'GRU',
])

const unsupported = (layer: string) => new TaikaiError('LAYER_UNSUPPORTED', { layer: layer.slice(0, 200) })

/**
 * Refuses what cannot be scored, told from the graph alone: operators outside the standard (unless the file defines them itself),
 * random ones, training mode, loops without a bound, constants of huge shapes, weights that are not finite.
 * Throws ONNX_OPSET_UNSUPPORTED, LAYER_UNSUPPORTED, MODEL_TOO_LARGE, WEIGHTS_NOT_FINITE or ONNX_INVALID.
 */
export function checkOnnx({ opsets, graph, functions }: OnnxProto): void {
  const opset = opsets.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version ?? 0
  const { oldest, newest } = onnxOpsets
  if (opset < oldest || opset > newest)
    throw new TaikaiError('ONNX_OPSET_UNSUPPORTED', { opset, oldest, newest })
  const sizes = new FunctionSizes(functions)
  sizeOf(graph, new Map(), sizes)
}

const keyOf = (one: { domain: string; overload: string }, name: string) =>
  JSON.stringify([one.domain, name, one.overload])

/** Each function is looked at once, however often it is called: calls of calls can double at every level. */
class FunctionSizes {
  readonly #functions: ReadonlyMap<string, OnnxFunction>
  readonly #known = new Map<string, Size | 'open'>()

  constructor(functions: readonly OnnxFunction[]) {
    this.#functions = new Map(functions.map((one) => [keyOf(one, one.name), one]))
  }

  /** Null where the file defines no such function. Throws ONNX_INVALID for one that calls itself. */
  of(node: OnnxNode): Size | null {
    const key = keyOf(node, node.opType)
    const body = this.#functions.get(key)
    if (body === undefined) return null
    const known = this.#known.get(key)
    if (known === 'open') throw new TaikaiError('ONNX_INVALID', { reason: 'a function calls itself' })
    if (known !== undefined) return known
    this.#known.set(key, 'open')
    const size = sizeOf({ nodes: body.nodes, initializers: [] }, new Map(), this)
    this.#known.set(key, size)
    return size
  }
}

function sizeOf(
  graph: Pick<OnnxGraph, 'nodes' | 'initializers'>,
  around: Constants,
  functions: FunctionSizes,
): Size {
  const constants = constantsOf(graph, around)
  const total = { operators: 0, steps: 0 }
  for (const node of graph.nodes) {
    checkNode(node, constants)
    const called = functions.of(node)
    if (node.domain !== '' && called === null) throw unsupported(`${node.domain}.${node.opType}`)
    const inner = called ?? bodiesOf(node, constants, functions)
    total.operators += 1 + inner.operators
    total.steps += 1 + inner.steps * tripCount(node, constants)
    if (total.operators > modelLimits.operators || total.steps > modelLimits.operatorSteps)
      throw new TaikaiError('MODEL_TOO_LARGE', { what: 'operators' })
  }
  return total
}

/** The graphs within a node: branches of If, bodies of Loop and Scan. */
function bodiesOf(node: OnnxNode, constants: Constants, functions: FunctionSizes): Size {
  const total = { operators: 0, steps: 0 }
  for (const { graph, graphs } of node.attributes)
    for (const body of graph === null ? graphs : [graph, ...graphs]) {
      const size = sizeOf(body, constants, functions)
      total.operators += size.operators
      total.steps += size.steps
    }
  return total
}

/** How often a node's bodies run; Scan runs along an axis of its input, which the limits on tensors bound. */
function tripCount(node: OnnxNode, constants: Constants): number {
  if (node.opType !== 'Loop') return 1
  const [trips] = smallIntegers(constants.get(node.inputs[0] ?? '')) ?? []
  if (trips === undefined) throw unsupported('Loop(M=?)')
  return Math.max(trips, 0)
}

function checkNode(node: OnnxNode, constants: Constants): void {
  const { opType, inputs } = node
  if (random.has(opType)) throw unsupported(opType)
  if (inTraining(node, constants)) throw unsupported(`${opType}(training_mode=1)`)
  if (weighted.has(opType))
    for (const name of inputs) {
      const tensor = constants.get(name)
      if (tensor !== undefined && !isFiniteTensor(tensor))
        throw new TaikaiError('WEIGHTS_NOT_FINITE', { weight: name.slice(0, 80) })
    }
  if (largestConstant(node, constants) > modelLimits.activation)
    throw new TaikaiError('MODEL_TOO_LARGE', { what: 'activations' })
}

/** Batch statistics, or values dropped at random: exported without model.eval(). */
function inTraining({ opType, inputs, outputs, attributes }: OnnxNode, constants: Constants): boolean {
  if (opType === 'Dropout') return smallIntegers(constants.get(inputs[2] ?? ''))?.[0] === 1
  if (opType !== 'BatchNormalization') return false
  return (
    outputs.filter((name) => name !== '').length > 1 ||
    attributes.some(({ name, int }) => name === 'training_mode' && int === 1n)
  )
}

/** How many values a node makes out of constants alone, where it does. */
function largestConstant({ opType, inputs }: OnnxNode, constants: Constants): number {
  const values = (at: number) => smallIntegers(constants.get(inputs[at] ?? '')) ?? []
  const product = (sizes: readonly number[]) => sizes.reduce((all, size) => all * Math.max(size, 1), 1)
  if (opType === 'ConstantOfShape') return product(values(0))
  if (opType === 'Expand' || opType === 'Tile') return product(values(1))
  if (opType !== 'Range') return 0
  const [[start = 0], [limit = 0], [step = 1]] = [values(0), values(1), values(2)]
  return step === 0 ? 0 : (limit - start) / step
}
