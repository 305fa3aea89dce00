import { TaikaiError } from '../errors.ts'
import { bindWeights } from './bind-weights.ts'
import { decodeWeight, locateWeights } from './decode-weights.ts'
import { type InputLayout, matchInput } from './input-shape.ts'
import type { Inspection } from './inspection.ts'
import type { Shape } from './layers/layer-kind.ts'
import { readLayersFile } from './layers-file.ts'
import type { ImageSpec, ModelFile } from './model-file.ts'
import { declaredInput, type Head, type ModelGraph, modelNode, readGraph } from './model-graph.ts'

/** A model ready for an engine: clean topology, checked weights. Nothing in it is the sender's own JSON. */
export type ParsedModel = {
  topology: ModelGraph['topology']
  /** The layers that hold weights; `path` names the layer in the topology, values are in the layer's own order. */
  weights: { path: readonly string[]; values: { shape: Shape; data: Float32Array }[] }[]
  inputShape: Shape
  layout: InputLayout
  /** Which of the topology's outputs is scored. */
  headIndex: number
  headCount: number
}

export type InspectionWarning = { code: 'FILES_UNUSED'; files: string[] }

/**
 * Reads a model from its files and checks it against the round's images, all from the bytes: shapes, parameters and MACs
 * follow from the JSON, and nothing that the model asks for is allocated before it has passed.
 * Throws TaikaiError with an UPLOAD_, MODEL_, LAYER_, INPUT_, OUTPUT_ or WEIGHTS_ code.
 */
export function inspectModel(
  files: readonly ModelFile[],
  spec: ImageSpec,
): { inspection: Inspection; model: ParsedModel; warnings: InspectionWarning[] } {
  const file = readLayersFile(files)
  const node = modelNode(file.topology)
  const input = matchInput(declaredInput(node), spec)
  const { graph, totals } = readGraph(node, input.shape)
  const headIndex = chooseHead(graph.heads, spec.classCount)
  const bound = bindWeights(totals.layers, locateWeights(file.groups))
  const head = graph.heads[headIndex]
  const inspection: Inspection = {
    format: 'tfjs-layers',
    layers: totals.layers.map(({ name, className, outputShape, activation, weights }) => ({
      name,
      className,
      outputShape: [...outputShape],
      parameters: weights.reduce(
        (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
        0,
      ),
      activation,
    })),
    parameters: totals.parameters,
    macs: totals.macs,
    inputShape: [...input.shape],
    classCount: spec.classCount,
    outputKind: head?.outputKind ?? 'unknown',
    ...(graph.heads.length > 1 && head !== undefined
      ? { head: { name: head.name, index: headIndex, count: graph.heads.length } }
      : {}),
  }
  const weights = bound
    .filter((layer) => layer.weights.length > 0)
    .map(({ path, weights: stored }) => ({
      path,
      values: stored.map((one) => ({ shape: one.spec.shape, data: decodeWeight(one) })),
    }))
  const model = {
    topology: graph.topology,
    weights,
    inputShape: input.shape,
    layout: input.layout,
    headIndex,
    headCount: graph.heads.length,
  }
  return {
    inspection,
    model,
    warnings: file.unused.length > 0 ? [{ code: 'FILES_UNUSED', files: file.unused }] : [],
  }
}

/** The one output that gives a number per class. Throws OUTPUT_SHAPE_MISMATCH when none does, or several do. */
function chooseHead(heads: readonly Head[], classCount: number): number {
  const fits = (shape: Shape) =>
    shape.at(-1) === classCount && shape.reduce((product, size) => product * size, 1) === classCount
  const [only, second] = heads.flatMap((head, index) => (fits(head.shape) ? [index] : []))
  if (only !== undefined && second === undefined) return only
  throw new TaikaiError('OUTPUT_SHAPE_MISMATCH', {
    found: heads
      .slice(0, 8)
      .map(({ shape }) => `[${shape.join(', ')}]`)
      .join(' '),
    expected: classCount,
  })
}
