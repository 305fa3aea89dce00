import { isShape, longestVector, ShapeUnknown } from '../shape-unknown.ts'
import { constantsOf, smallIntegers } from './onnx-constants.ts'
import type { OnnxGraph, OnnxNode } from './onnx-model.ts'
import { type ShapeQuestion, shapeRules } from './shape-rules.ts'

/** The shapes that follow from the input's, by the names of the values, and the work of all operators together. */
export type InferredShapes = {
  shapes: ReadonlyMap<string, readonly number[]>
  /** Multiply-accumulates for the whole input; null where an operator is of no known kind or a shape cannot be told. */
  macs: number | null
}

/**
 * Works out shapes from the input on, operator by operator. What the exporter noted about values in between is not asked: it
 * may be anything, and a round's limits are held against the result.
 */
export function inferShapes(
  graph: OnnxGraph,
  input: { name: string; shape: readonly number[] },
): InferredShapes {
  const constants = constantsOf(graph, new Map())
  const shapes = new Map<string, readonly number[]>([...constants].map(([name, { shape }]) => [name, shape]))
  const vectors = new Map<string, readonly number[]>()
  shapes.set(input.name, input.shape)
  let macs: number | null = 0
  for (const node of graph.nodes) {
    if (node.opType === 'Constant' && node.domain === '') continue
    const question = ask(node, shapes, (name) => vectors.get(name) ?? smallIntegers(constants.get(name)))
    const answer = answerOf(node, question)
    macs = answer === null || macs === null ? null : macs + (answer.macs ?? 0)
    const [output] = node.outputs
    if (answer === null || output === undefined) continue
    shapes.set(output, answer.shape)
    if (answer.values !== undefined && answer.values.length <= longestVector)
      vectors.set(output, answer.values)
  }
  return { shapes, macs: macs !== null && Number.isSafeInteger(macs) ? macs : null }
}

function answerOf(node: OnnxNode, question: ShapeQuestion) {
  const rule = node.domain === '' ? shapeRules.get(node.opType) : undefined
  if (rule === undefined) return null
  try {
    const answer = rule(question)
    return isShape(answer.shape) ? answer : null
  } catch (error) {
    if (error instanceof ShapeUnknown) return null
    throw error
  }
}

function ask(
  node: OnnxNode,
  shapes: ReadonlyMap<string, readonly number[]>,
  numbers: (name: string) => readonly number[] | null,
): ShapeQuestion {
  const attribute = (name: string) => node.attributes.find((one) => one.name === name)
  const known = <Value>(value: Value | null | undefined): Value => {
    if (value === null || value === undefined) throw new ShapeUnknown()
    return value
  }
  const input = (at: number) => node.inputs[at] ?? ''
  return {
    node,
    shape: (at) => known(shapes.get(input(at))),
    values: (at) => known(numbers(input(at))),
    has: (at) => input(at) !== '',
    int: (name, byDefault) => Number(attribute(name)?.int ?? byDefault),
    ints: (name) => attribute(name)?.ints.map(Number) ?? null,
    text: (name) => new TextDecoder().decode(attribute(name)?.bytes),
  }
}
